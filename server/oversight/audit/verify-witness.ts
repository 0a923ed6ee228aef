import type pg from 'pg'
import { readCheckpoint, type VerifierKey, verifyNote } from './checkpoint-note.ts'
import { readWitness } from './file-witness.ts'
import type { Say } from './trail-faults.ts'

const witnessDelay = 600 // seconds
/** Half a line is what a crash leaves: the start of a note of this trail. */
const isHalf = (text: string, keys: readonly VerifierKey[]) =>
  text !== '' &&
  keys.some(({ name }) => {
    const start = JSON.stringify(`${name}\n`).slice(0, -1)
    return (
      text.length < 2_000 &&
      (start.startsWith(text) ||
        (text.startsWith(start) &&
          /^(\d*|\d+\\n[A-Za-z0-9+/]*=?|\d+\\n[A-Za-z0-9+/]{43}=\\[ -~—\uFFFD]*)\\?$/.test(text.slice(start.length))))
    )
  })

export const verifyWitness = async (
  client: pg.ClientBase,
  size: number,
  {
    keys,
    witnessFile,
    length,
    given,
  }: { keys: readonly VerifierKey[]; witnessFile: string; length: number; given: number },
  fault: Say,
) => {
  let [kept, halfLines, last] = [0, 0, 0]
  for await (const { line, text, note } of readWitness(witnessFile, length)) {
    const said = note === undefined ? undefined : verifyNote(note, keys)
    if (note === undefined) {
      if (isHalf(text, keys)) halfLines++
      else fault('witness-rubbish', `ligne ${line}`)
    } else if (!said) fault('witness-signature', `ligne ${line}`)
    else {
      kept++
      const {
        rows: [stored],
      } = await client.query<{ note: string }>({
        name: 'stored-note',
        text: 'select note from trail_checkpoints where size = $1',
        values: [said.size],
      })
      if (said.size > size)
        fault('witness-cut', `${size} positions dans la base, ${said.size} chez le témoin (ligne ${line})`)
      else if (!stored || !readCheckpoint(stored.note)?.root.equals(said.root))
        fault('witness-differs', `point de contrôle ${said.size} (ligne ${line})`)
      else if (said.link && said.link.previous !== last)
        fault('witness-removed', `ligne ${line} : elle suit ${said.link.previous}, et vient après ${last}`)
      last = Math.max(last, said.size)
    }
  }
  if (given > last) fault('witness-removed', `dernière ligne : ${last} ; donné au témoin : ${given}`)
  const {
    rows: [late],
  } = await client.query<{ size: number | null }>(
    `select min(size) as size from trail_checkpoints where size > $1
      and at < now() - make_interval(secs => ${witnessDelay})`,
    [last],
  )
  if (late?.size != null) fault('witness-late', `dernier gardé : ${last} ; suivant : ${late.size}`)
  return { kept, halfLines }
}
