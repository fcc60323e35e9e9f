/** The order that was opened from the list: whoever comes back goes on from its row. */
let opened: string | null = null

export function rememberOpened(number: string): void {
  opened = number
}

export function readOpened(): string | null {
  return opened
}

export function forgetOpened(): void {
  opened = null
}
