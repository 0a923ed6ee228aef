import { useRef, useState } from 'react'
import { mostAttending, recognisePeople, recordMeeting } from '../../../contract/agreement/awareness.ts'
import type { Reply } from '../../../contract/route.ts'
import { call } from '../../platform/api.ts'
import { formatCount } from '../../platform/format.ts'
import { Button, Dialog, FileField, Form, Notice, noDraft, TextArea } from '../../ui/index.ts'
import { rightsChanged } from '../texts/queries.ts'
import { addressesIn } from './addresses.ts'
import { type What, WhatFields, whatOf } from './what-fields.tsx'

type Known = Reply<typeof recognisePeople>

/** Who came, as pasted or from a file; then who is recognised, and their sensibilisation noted at once. */
export const RecordMeeting = ({ onClose }: { onClose: () => void }) => {
  const [text, setText] = useState('')
  const [what, setWhat] = useState<What>()
  const [known, setKnown] = useState<Known>()
  const draft = useRef(noDraft)
  return (
    <Dialog title="Noter une réunion de sensibilisation" onClose={onClose}>
      {known && what ? (
        <Recognised
          known={known}
          what={what}
          onBack={() => setKnown(undefined)}
          onNoted={() => draft.current.drop()}
          onClose={onClose}
        />
      ) : (
        <Form
          draft={{ name: 'meeting', handle: draft }}
          submit="Reconnaître les personnes"
          onCancel={onClose}
          onSubmit={async values => {
            const found = await call(recognisePeople, { body: { addresses: addressesIn(text) } })
            setWhat(whatOf(values))
            setKnown(found)
            return false // recognised only: the draft stays until the meeting is noted
          }}
        >
          <WhatFields before={what} />
          <TextArea
            name="people"
            label="Adresses électroniques des participants"
            hint={`Collez une liste ou un tableau : seules les adresses sont lues, ${mostAttending} au plus`}
            required
            rows={6}
            value={text}
            onChange={setText}
            check={given => {
              const { length } = addressesIn(given)
              return length === 0
                ? 'Aucune adresse n’est reconnue dans ce texte'
                : length > mostAttending
                  ? `${formatCount(length, 'adresse', 'adresses')} : ${mostAttending} au plus à la fois`
                  : undefined
            }}
          />
          <FileField
            label="Ou un fichier"
            intoText
            hint="CSV ou texte, lu sur votre appareil"
            accept=".csv,.txt,text/csv,text/plain"
            // Beside what was typed or pasted, never in its place.
            onFile={file =>
              void file
                .text()
                .then(read => setText(before => [before.trim(), ...addressesIn(read)].filter(Boolean).join('\n')))
            }
          />
        </Form>
      )}
    </Dialog>
  )
}

const Recognised = ({
  known: { people, unknown, myself },
  what,
  onBack,
  onNoted,
  onClose,
}: {
  known: Known
  what: What
  onBack: () => void
  onNoted: () => void
  onClose: () => void
}) => (
  <>
    {unknown.length > 0 && (
      <Notice tone="warning" title={formatCount(unknown.length, 'adresse inconnue', 'adresses inconnues')}>
        <p>Aucun compte de votre structure n’a ces adresses : {unknown.join(', ')}.</p>
      </Notice>
    )}
    {myself && (
      <Notice tone="info" title="Vous étiez à la réunion">
        <p>Votre propre sensibilisation est à noter par une autre personne.</p>
      </Notice>
    )}
    {people.length === 0 ? (
      <p>Personne n’est reconnu : il n’y a rien à noter.</p>
    ) : (
      <details>
        <summary className="cc-summary">
          {formatCount(people.length, 'personne reconnue', 'personnes reconnues')}
        </summary>
        <ul>
          {people.map(person => (
            <li key={person.id}>{person.name}</li>
          ))}
        </ul>
      </details>
    )}
    <Form
      draft="choices"
      submit={people.length === 0 ? 'Corriger la liste' : `Noter pour ${formatCount(people.length, 'personne')}`}
      done={`${formatCount(people.length, 'sensibilisation est notée', 'sensibilisations sont notées')}.`}
      onCancel={onClose}
      onSubmit={async (_values, { idempotencyKey }) => {
        if (people.length === 0) return onBack()
        await call(recordMeeting, { body: { ...what, accountIds: people.map(({ id }) => id) }, idempotencyKey })
        onNoted()
        await rightsChanged()
        onClose()
      }}
    >
      {people.length > 0 && (
        <Button priority="tertiary" onClick={onBack}>
          Corriger la liste
        </Button>
      )}
    </Form>
  </>
)
