/** One language from several files, each with its own first-level keys (scripts/check-texts.mjs sees to that). */
export function mergeTexts(files: Record<string, Record<string, unknown>>): Record<string, unknown> {
  return Object.assign({}, ...Object.values(files)) as Record<string, unknown>
}
