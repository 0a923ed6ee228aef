import { readFileSync } from 'node:fs'

/** Short, and in our own words: in use until the operator publishes its official text. */
export const shippedTemplate = {
  title: 'Convention',
  body: readFileSync(new URL('./template.md', import.meta.url), 'utf8'),
}
