import { useState } from 'react'
import { enterDeed } from '../../../contract/people-and-rights/rgc.ts'
import { call } from '../../platform/api.ts'
import { today } from '../../platform/format.ts'
import { useGo } from '../../platform/navigation.ts'
import { CheckboxGroup, DateField, Form, tellReader } from '../../ui/index.ts'
import { type Upload, UploadField, useUpload } from '../uploads/upload-field.tsx'
import { useConfirmedAcceptance } from './confirm-acceptance.tsx'
import { StructureFields } from './deed-fields.tsx'
import { useDesignated } from './designated-person.tsx'
import { rgcChanged } from './queries.ts'
import type { Structure } from './words.ts'

/** AGR-13: what the paper says, as it says it. `own`: its signatory deposits it, and it reaches the CSSI today. */
export const EnterDeedForm = ({
  structure,
  own = false,
  returnsTo = '/responsables-de-comptes',
  onLeave,
}: {
  structure: Structure
  own?: boolean
  returnsTo?: string
  onLeave: () => void
}) => {
  const go = useGo()
  const upload = useUpload()
  const designated = useDesignated()
  const acceptance = useConfirmedAcceptance()
  const [given, setGiven] = useState<readonly string[]>([])
  const [missing, setMissing] = useState(false)
  return (
    <Form
      submit={acceptance.isAsked ? 'Confirmer cet effet' : 'Enregistrer l’acte'}
      explain={acceptance.explain}
      draft={{
        name: 'paper-deed',
        about: structure.organisation.id,
        ...designated.kept,
      }}
      onCancel={onLeave}
      onSubmit={async (values, { idempotencyKey }) => {
        if (given.length === 0) {
          setMissing(true)
          return false
        }
        const { told } = await acceptance.asking(
          call(enterDeed, {
            idempotencyKey,
            body: {
              organisationId: structure.organisation.id,
              conventionId: values.conventionId ?? structure.conventions[0]!.id,
              address: values.address!,
              signatoryId: values.signatoryId!,
              signatoryTitle: values.signatoryTitle!,
              conditionsGiven: true,
              members: designated.membersIn(values),
              signedOn: values.signedOn!,
              receivedOn: own ? today() : values.receivedOn!,
              file: await upload.needed('l’exemplaire signé'),
              ...acceptance.confirms,
            },
          }),
        )
        await rgcChanged()
        tellReader(
          own ? 'L’acte est déposé, et le CSSI prévenu.' : 'L’acte est enregistré, et la structure prévenue.',
          told,
        )
        go(returnsTo)
      }}
    >
      <PaperFields structure={structure} own={own} upload={upload} />
      {designated.fields}
      <CheckboxGroup
        name="conditionsGiven"
        label="Ce que dit l’exemplaire"
        value={given}
        onChange={chosen => {
          setGiven(chosen)
          setMissing(false)
        }}
        {...(missing ? { error: 'Vérifiez l’exemplaire reçu, puis cochez cette case.' } : {})}
        options={[
          {
            value: 'remises',
            label:
              'Il porte les engagements de l’annexe 1 bis, la signature de chacun, et dit que les conditions générales d’accès ont été remises.',
          },
        ]}
      />
    </Form>
  )
}

const PaperFields = ({ structure, own, upload }: { structure: Structure; own: boolean; upload: Upload }) => (
  <StructureFields structure={structure} signatory="Qui a signé pour la structure">
    <DateField name="signedOn" label="Signé le" required max={today()} />
    {!own && (
      <DateField
        name="receivedOn"
        label="Reçu le"
        hint="Après un refus, le mois de réponse court de ce jour"
        required
        max={today()}
      />
    )}
    <UploadField label="Exemplaire signé" upload={upload} />
  </StructureFields>
)
