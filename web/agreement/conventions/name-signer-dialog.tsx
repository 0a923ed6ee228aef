import { useState } from 'react'
import { nameSigner } from '../../../contract/agreement/conventions.ts'
import { toldApart } from '../../people-and-rights/directory/told-apart.ts'
import { UploadField, useUpload } from '../../people-and-rights/uploads/upload-field.tsx'
import { call } from '../../platform/api.ts'
import { today } from '../../platform/format.ts'
import { Checkbox, Dialog, Form } from '../../ui/index.ts'
import { ActOfPowerFields, actOfPower, onPaper, PersonFields } from './act-of-power.tsx'
import type { ConventionDialog } from './dialog-part.ts'
import { keepChanged } from './queries.ts'
import { signerChoices, signerOf } from './words.ts'

const deputyIn = (value: string) => (value.startsWith('suppleant:') ? value.slice('suppleant:'.length) : null)

/** AGR-2, AGR-11: the account of who is named, or another person with the act that gives them power to sign. */
export const NameSignerDialog = ({ convention, onClose, amendmentId }: ConventionDialog & { amendmentId?: string }) => {
  const party = convention.actsFor!
  const named = signerOf(convention, party, amendmentId ?? null)?.name
  const amendment = convention.amendments.find(one => one.id === amendmentId)
  const [who, setWho] = useState('')
  const [replaces, setReplaces] = useState(true)
  const deputyId = deputyIn(who)
  const deputies = convention.deputies.filter(
    one => one.party === party && (one.untilOn === null || one.untilOn >= today()),
  )
  const deputyNames = toldApart(deputies.map(({ id, name, capacity }) => ({ id, name, function: capacity })))
  const upload = useUpload()
  return (
    <Dialog
      title={amendment ? `Dire qui signe l’avenant n° ${amendment.number}` : 'Dire qui signe la convention'}
      onClose={onClose}
    >
      <p>
        {named ? `Le document nomme aujourd’hui ${named} pour votre partie. ` : ''}L’autre partie est prévenue, et
        l’historique reste sur cette page.
      </p>
      <Form
        draft={{ name: 'signer', about: `${convention.id}-${amendmentId ?? ''}` }}
        submit="Enregistrer qui signe"
        onCancel={onClose}
        onSubmit={async (values, { idempotencyKey }) => {
          await keepChanged(
            'Qui signe est enregistré.',
            await call(nameSigner, {
              params: { conventionId: convention.id },
              idempotencyKey,
              body: {
                amendmentId: amendmentId ?? null,
                accountId: who === onPaper || deputyId ? null : values.who!,
                name: who === onPaper ? values.name! : null,
                deputyId,
                replacement:
                  replaces && !deputyId ? { ...actOfPower(values, party), file: await upload.joined() } : null,
              },
            }),
          )
          onClose()
        }}
      >
        <PersonFields
          label="Qui signe"
          who={who}
          onChange={setWho}
          options={[
            ...signerChoices(convention),
            ...deputies.map(one => ({
              value: `suppleant:${one.id}`,
              label: `${deputyNames.get(one.id)}, suppléant de signature`,
            })),
          ]}
        />
        {deputyId && <p>Sa qualité et son acte sont ceux de « Suppléants de signature ».</p>}
        {!deputyId && (
          <Checkbox
            label="Cette personne signe à la place de celle que le document nomme"
            draftKey="replaces"
            checked={replaces}
            onChange={setReplaces}
          />
        )}
        {replaces && !deputyId && (
          <>
            <ActOfPowerFields party={party} />
            <UploadField label="L’acte lui-même" upload={upload} optional />
          </>
        )}
      </Form>
    </Dialog>
  )
}
