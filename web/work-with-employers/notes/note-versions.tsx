import { useQuery } from '@tanstack/react-query'
import { PersonLink } from '../../people-and-rights/directory/person-link.tsx'
import { formatDay, formatInstant } from '../../platform/format.ts'
import { Dialog, Loaded } from '../../ui/index.ts'
import { type Note, noteVersionsQuery } from './queries.ts'

const changeWords = { noted: 'Écrite', corrected: 'Corrigée', withdrawn: 'Retirée' } as const

/** Every wording it had, the newest first. */
export const NoteVersions = ({ note, onClose }: { note: Note; onClose: () => void }) => (
  <Dialog title={`Versions de la note du ${formatDay(note.notedOn)}`} shape="side" onClose={onClose}>
    <Loaded query={useQuery(noteVersionsQuery(note.id))} lines={3}>
      {({ items }) => (
        <ol className="cc-history" reversed>
          {items.map(({ version, at, author, change, notes, visibility, reason }) => (
            <li key={version} className="cc-entry">
              <h3 className="cc-entry__head">
                <strong>{formatInstant(at)}</strong>
                <span className="cc-entry__by">
                  {changeWords[change]}
                  {author && (
                    <>
                      {' '}
                      par <PersonLink person={author} />
                    </>
                  )}
                  {reason && ` : « ${reason} »`}
                </span>
              </h3>
              <p className="cc-entry__notes">{notes}</p>
              <p className="cc-entry__meta">
                {visibility === 'reseau' ? 'Visible par le réseau' : 'Réservée à la structure'}
              </p>
            </li>
          ))}
        </ol>
      )}
    </Loaded>
  </Dialog>
)
