/** The types as they must be for the server as it is. */
export function renderSchema(): Promise<string>
/** The types as they are. */
export function readPresentSchema(): string
