import { createInterface } from 'node:readline'

/**
 * What is typed, a line each, to the end of the input or an empty line at a keyboard. So a person's address stands
 * neither in the history of the shell nor in the list of processes.
 */
export const typedLines = async (prompt: string, input: NodeJS.ReadStream = process.stdin): Promise<string[]> => {
  if (input.isTTY) process.stderr.write(`${prompt}\n`)
  const lines: string[] = []
  for await (const line of createInterface({ input })) {
    const typed = line.trim()
    if (typed) lines.push(typed)
    else if (input.isTTY) break
  }
  return lines
}
