import { useState } from 'react'
import { ofStructure } from '../../../contract/names-in-french.ts'
import { addNote, correctNote, withdrawNote } from '../../../contract/work-with-employers/notes.ts'
import { call } from '../../platform/api.ts'
import { formatDay, formatInstant } from '../../platform/format.ts'
import type { ApiProblem } from '../../platform/problem.ts'
import { useMe } from '../../platform/session.ts'
import { Button, Dialog, Form, RadioKeys, TextArea, toast } from '../../ui/index.ts'
import { type Note, notesChanged } from './queries.ts'

/** What another wrote since it was read (412); what is typed stays, and may be sent over it. */
const changedMeanwhile = (problem: ApiProblem, onKeep: (version: number) => void) => {
  if (problem.code !== 'request/changed-meanwhile' || !problem.current) return undefined
  const { notes, version, withdrawnAt, correctedAt } = problem.current as Note
  if (withdrawnAt) return <p>Cette note a été retirée entre-temps. Votre saisie reste affichée, pour la copier.</p>
  return (
    <>
      <p>
        Corrigée entre-temps{correctedAt && `, ${formatInstant(correctedAt)}`} : « {notes} ». Votre saisie est toujours
        ci-dessous.
      </p>
      <Button size="small" priority="secondary" onClick={() => onKeep(version)}>
        Garder ma saisie, à envoyer de nouveau
      </Button>
    </>
  )
}

const NoteFields = ({ start }: { start?: Note }) => {
  const { organisation } = useMe()
  const [visibility, setVisibility] = useState<string>(start?.visibility ?? 'reseau')
  return (
    <>
      <TextArea
        name="notes"
        label="Note"
        hint="Ce que vous savez de cet employeur. Un appel, une visite ou un courriel s’enregistre comme un échange."
        required
        rows={6}
        maxLength={4000}
        defaultValue={start?.notes ?? ''}
      />
      <RadioKeys
        name="visibility"
        label="Visible par"
        hint={
          visibility === 'reseau'
            ? 'Les conseillers du réseau habilités sur ce territoire liront la note.'
            : `Seuls vos collègues ${ofStructure(organisation.name)} la liront. Les autres ne sauront pas qu’elle existe.`
        }
        required
        value={visibility}
        onChange={setVisibility}
        options={[
          { value: 'reseau', label: 'Le réseau' },
          { value: 'organisation', label: 'Ma structure' },
        ]}
      />
    </>
  )
}
const typedOf = (values: Readonly<Record<string, string>>) => ({
  notes: values['notes']!.trim(),
  visibility: values['visibility'] as Note['visibility'],
})
const ended = async (words: string, onClose: () => void) => {
  await notesChanged()
  onClose()
  toast(words)
}

export const AddNote = ({ siret, name, onClose }: { siret: string; name: string; onClose: () => void }) => (
  <Dialog title="Ajouter une note" shape="side" onClose={onClose}>
    <p>
      Sur <strong>{name}</strong>, sans échange avec l’employeur : elle ne compte dans aucune campagne.
    </p>
    <Form
      submit="Enregistrer la note"
      onCancel={onClose}
      draft={{ name: 'note', about: siret }}
      onSubmit={async (values, { idempotencyKey }) => {
        await call(addNote, { params: { siret }, body: typedOf(values), idempotencyKey })
        await ended('Note ajoutée.', onClose)
      }}
    >
      <NoteFields />
    </Form>
  </Dialog>
)

interface Props {
  note: Note
  onClose: () => void
}
export const CorrectNote = ({ note, onClose }: Props) => {
  const [version, setVersion] = useState(note.version)
  return (
    <Dialog title={`Corriger la note du ${formatDay(note.notedOn)}`} shape="side" onClose={onClose}>
      <p>La version d’avant reste dans l’historique de la note.</p>
      <Form
        submit="Enregistrer la correction"
        onCancel={onClose}
        draft={{ name: 'note-correction', about: note.id, version: note.version }}
        explain={problem => changedMeanwhile(problem, setVersion)}
        onSubmit={async (values, { idempotencyKey }) => {
          await call(correctNote, {
            params: { noteId: note.id },
            body: typedOf(values),
            ifMatch: version,
            idempotencyKey,
          })
          await ended('Note corrigée.', onClose)
        }}
      >
        <NoteFields start={note} />
      </Form>
    </Dialog>
  )
}

/** Nothing is erased: what it said stays readable, crossed out. */
export const WithdrawNote = ({ note, onClose }: Props) => {
  const [version, setVersion] = useState(note.version)
  return (
    <Dialog title={`Retirer la note du ${formatDay(note.notedOn)}`} onClose={onClose}>
      <p>Elle reste lisible dans l’historique, barrée. Cela ne se défait pas.</p>
      <Form
        draft={{ name: 'note-withdrawal', about: note.id }}
        submit="Retirer la note"
        onCancel={onClose}
        explain={problem => changedMeanwhile(problem, setVersion)}
        onSubmit={async (values, { idempotencyKey }) => {
          const body = { reason: values['reason']!.trim() }
          await call(withdrawNote, { params: { noteId: note.id }, body, ifMatch: version, idempotencyKey })
          await ended('Note retirée.', onClose)
        }}
      >
        <TextArea
          name="reason"
          label="Motif"
          hint="Par exemple : écrite sur le mauvais établissement"
          required
          rows={2}
          maxLength={300}
        />
      </Form>
    </Dialog>
  )
}
