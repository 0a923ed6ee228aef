import { type ReactNode, useId, useState } from 'react'
import type { SourcedValue as SourcedValueSchema, sources } from '../../contract/correspondents.ts'
import type { Static } from 'typebox'
import { dayOf, formatDay } from '../platform/format.ts'

export type SourcedValue = Static<typeof SourcedValueSchema>

const sourceWords: Record<(typeof sources)[number], string> = {
  'personne-concernee': 'donné par la personne elle-même', 'conseiller': 'noté par un conseiller', 'fichier-partenaire': 'fichier d’un partenaire', 'operateur': 'saisi par l’opérateur', 'registre': 'registre SIRENE',
}
export const sourceSentence = ({ source, organisationName, recordedAt }: Pick<SourcedValue, 'source' | 'organisationName' | 'recordedAt'>) =>
  `Source : ${sourceWords[source]}${organisationName ? ` (${organisationName})` : ''}, le ${formatDay(dayOf(recordedAt))}`

/** A value that says where it comes from, on focus, under the pointer or at a tap (EST-6). */
export const Sourced = ({ value, children }: { value: SourcedValue; children?: ReactNode }) => {
  const [open, setOpen] = useState(false)
  const id = useId()
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the pointer may rest on the bubble; keys and touch go to the button
    <span className="cc-tip" onMouseEnter={() => setOpen(true)} onMouseLeave={() => setOpen(false)}>
      <button
        type="button"
        className="cc-tip__word"
        aria-describedby={id}
        onClick={() => setOpen(true)}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={event => {
          if (event.key === 'Escape') setOpen(false)
        }}
      >
        {children ?? value.value}
      </button>
      <span id={id} role="tooltip" className="cc-tip__bubble" data-open={open}>{sourceSentence(value)}</span>
    </span>
  )
}
