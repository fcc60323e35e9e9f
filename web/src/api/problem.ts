/** What can go wrong with a request: our server's problem documents, and no answer at all. */

export type ProblemMembers = Readonly<Record<string, unknown>>

/** An answer that says no. `code` is stable and has a text in every language. */
export class ProblemError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly members: ProblemMembers = {},
    readonly retryAfterSeconds: number | null = null,
  ) {
    super(code)
  }
}

/** No answer: whether anything was done is not known here. */
export class NoAnswerError extends Error {
  constructor() {
    super('no-answer')
  }
}

export function isProblem(error: unknown, ...codes: string[]): error is ProblemError {
  return error instanceof ProblemError && (codes.length === 0 || codes.includes(error.code))
}

export interface ShownProblem {
  code: string
  members: ProblemMembers
}

/** What to show for anything that was thrown; null where the sign-in page already says it. */
export function toShownProblem(error: unknown): ShownProblem | null {
  if (isProblem(error, 'not-signed-in')) return null
  if (error instanceof ProblemError) return { code: error.code, members: error.members }
  if (error instanceof NoAnswerError) return { code: 'no-answer', members: {} }
  throw error
}
