/** Cash has no coin below five Rappen: 1 and 2 go down, 3 and 4 up. */
export function roundToFiveRappen(rappen: number): number {
  return Math.round(rappen / 5) * 5
}
