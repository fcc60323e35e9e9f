/** What is wrong with the texts below a folder, one sentence each. */
export function findTextFaults(source: string): string[]
