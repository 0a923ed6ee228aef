import type { ComponentProps } from 'react'
import { labelOf, valueWords } from '../../work-with-employers/facts/words.ts'
import type { NotedLine } from './found.ts'
import { Row } from './result-row.tsx'

const saidWords = ({ said: { field, value } }: NotedLine) =>
  `${labelOf(field)}, selon le réseau : ${valueWords(field, value)}`

/** Above the register’s own: what one typed is the very name or number that a colleague noted. */
export const Noted = ({
  lines,
  drawn,
}: {
  lines: readonly NotedLine[]
  drawn: (line: NotedLine) => Omit<ComponentProps<typeof Row>, 'line' | 'said'>
}) =>
  lines.length > 0 && (
    <div className="cc-noted fr-mb-2w">
      <p className="fr-text--sm fr-mb-1v" id="notes-du-reseau">
        Connus du réseau sous ce nom ou ce numéro, que le registre ne donne pas
      </p>
      <ul className="cc-lines" aria-labelledby="notes-du-reseau">
        {lines.map(line => (
          <Row key={line.siret} line={line} said={saidWords(line)} {...drawn(line)} />
        ))}
      </ul>
    </div>
  )
