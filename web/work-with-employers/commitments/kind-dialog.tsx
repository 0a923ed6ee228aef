import { useState } from 'react'
import {
  addCommitmentKind,
  type CommitmentFamily,
  changeCommitmentKind,
  commitmentFamilies,
} from '../../../contract/work-with-employers/commitments.ts'
import { call } from '../../platform/api.ts'
import { Button, Dialog, Form, RadioKeys, TextField, toast } from '../../ui/index.ts'
import { type Kind, kindsChanged } from './queries.ts'
import { familyLabels } from './words.ts'

/** Null: a new one. */
export const KindDialog = ({ kind, onClose }: { kind: Kind | null; onClose: () => void }) => {
  const [version, setVersion] = useState(kind?.version)
  return (
    <Dialog title={kind ? `Renommer : ${kind.label}` : 'Ajouter un type d’engagement'} onClose={onClose}>
      {kind && <p>Le nom change partout où cet engagement est noté, passé compris.</p>}
      <Form
        draft={{ name: 'commitment-kind', about: kind?.id, version: kind?.version }}
        submit={kind ? 'Renommer' : 'Ajouter'}
        onCancel={onClose}
        explain={problem => {
          if (problem.code !== 'request/changed-meanwhile' || !problem.current) return undefined
          const current = problem.current as Kind
          return (
            <>
              <p>
                Un autre administrateur l’a modifié entre-temps : « {current.label} »
                {current.retired && ', retiré de la liste'}. Votre saisie est toujours ci-dessous.
              </p>
              <Button size="small" priority="secondary" onClick={() => setVersion(current.version)}>
                Garder ma saisie, à envoyer de nouveau
              </Button>
            </>
          )
        }}
        onSubmit={async (values, { idempotencyKey }) => {
          const body = { family: values['family'] as CommitmentFamily, label: values['label']!.trim() }
          const { label } =
            kind && version !== undefined
              ? await call(changeCommitmentKind, { params: { kindId: kind.id }, body, ifMatch: version })
              : await call(addCommitmentKind, { body, idempotencyKey })
          await kindsChanged()
          onClose()
          toast(kind ? `Type renommé : ${label}.` : `Type ajouté : ${label}.`)
        }}
      >
        <TextField name="label" label="Nom" required maxLength={80} defaultValue={kind?.label ?? ''} />
        <RadioKeys
          name="family"
          label="Famille"
          required
          layout="column"
          defaultValue={kind?.family ?? ''}
          options={commitmentFamilies.map(value => ({ value, label: familyLabels[value] }))}
        />
      </Form>
    </Dialog>
  )
}
