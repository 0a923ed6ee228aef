import { lazy, memo, Suspense, useState } from 'react'
import { toStructure } from '../../../contract/names-in-french.ts'
import { formatDay, formatInstant } from '../../platform/format.ts'
import { Badge, Button, ButtonRow, type ListItemProps, sameLine } from '../../ui/index.ts'
import { EntryBy } from '../exchanges/entry-by.tsx'
import { fromFile } from '../exchanges/from-file.ts'
import type { Note } from './queries.ts'

const CorrectNote = lazy(() => import('./note-dialogs.tsx').then(m => ({ default: m.CorrectNote })))
const WithdrawNote = lazy(() => import('./note-dialogs.tsx').then(m => ({ default: m.WithdrawNote })))
const NoteVersions = lazy(() => import('./note-versions.tsx').then(m => ({ default: m.NoteVersions })))

const dialogs = { correct: CorrectNote, withdraw: WithdrawNote, versions: NoteVersions }
type Act = keyof typeof dialogs
const actWords: Record<Act, string> = { correct: 'Corriger', withdraw: 'Retirer', versions: 'Versions' }

/** One note of the history; `elsewhere`: at another establishment of the company. */
const OneNote = ({ note, elsewhere, item }: { note: Note; elsewhere: boolean; item: ListItemProps }) => {
  const { notedOn, notedAt, organisation, notes, visibility, imported, correctedAt, withdrawnAt } = note
  return (
    <li {...item} className={withdrawnAt ? 'cc-entry cc-entry--cancelled' : 'cc-entry'}>
      <h3 className="cc-entry__head" tabIndex={-1} data-row-stop="">
        <strong>{formatDay(notedOn)}</strong>
        <EntryBy of={note} elsewhere={elsewhere} />
        <Badge>note</Badge>
        {imported && <Badge>Reprise d’un fichier</Badge>}
        {withdrawnAt && <Badge tone="warning">retirée</Badge>}
      </h3>
      <p className="cc-entry__notes">{notes}</p>
      <p className="cc-entry__meta">
        {visibility === 'organisation' && <span>Réservée {toStructure(organisation.name)}</span>}
        {imported && <span>{fromFile(imported, notedAt)}</span>}
        {withdrawnAt ? (
          <span>Retirée le {formatInstant(withdrawnAt)}</span>
        ) : (
          correctedAt && <span>Corrigée le {formatInstant(correctedAt)}</span>
        )}
      </p>
      <NoteActs note={note} />
    </li>
  )
}
export const NoteEntry = memo(OneNote, sameLine)

const NoteActs = ({ note }: { note: Note }) => {
  const [doing, setDoing] = useState<Act | null>(null)
  const acts: readonly Act[] = note.version > 1 ? [...note.allowed, 'versions'] : note.allowed
  const Act = doing && dialogs[doing]
  if (!acts.length) return null
  return (
    <>
      <ButtonRow>
        {acts.map(act => (
          <Button
            key={act}
            size="small"
            priority={act === 'correct' ? 'tertiary' : 'tertiary no outline'}
            {...(act === 'correct' ? { icon: 'fr-icon-edit-line' as const } : {})}
            onClick={() => setDoing(act)}
          >
            {actWords[act]}
            <span className="fr-sr-only"> : note du {formatDay(note.notedOn)}</span>
          </Button>
        ))}
      </ButtonRow>
      {Act && (
        <Suspense fallback={null}>
          <Act note={note} onClose={() => setDoing(null)} />
        </Suspense>
      )}
    </>
  )
}
