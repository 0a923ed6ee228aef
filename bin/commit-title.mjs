// Says what is wrong with the title of a commit; .githooks/commit-msg runs it. Any Node from 18 on.
import { readFileSync } from 'node:fs'

/** What git, not a person, writes. */
const ofGit = /^(Merge |Revert "|fixup! |squash! |amend! )/

/** @param {string} message The whole message, comments of git included. */
export const faultsOf = message => {
  const [title = '', second = ''] = message.split('\n').filter(line => !line.startsWith('#'))
  if (ofGit.test(title)) return []
  return [
    ...([...title].length > 72
      ? [`le titre a ${[...title].length} colonnes, 72 au plus : le pourquoi va dans le corps`]
      : []),
    ...(/^[a-z][a-z0-9, /-]*: [a-z]/.test(title)
      ? []
      : ['le titre s’écrit « pièce: verbe objet (ID) », en anglais, en minuscules']),
    ...(second.trim() === '' ? [] : ['une ligne vide sépare le titre du corps']),
  ]
}

if (process.argv[2]) {
  const faults = faultsOf(readFileSync(process.argv[2], 'utf8'))
  for (const fault of faults) console.error(fault)
  process.exit(faults.length > 0 ? 1 : 0)
}
