import { useState } from 'react'
import { capacities, declareThirdParty, editThirdParty } from '../../../contract/people-and-rights/organisations.ts'
import { call } from '../../platform/api.ts'
import { today } from '../../platform/format.ts'
import { SiretField, siretIn } from '../../territory-and-register/establishments/siret-field.tsx'
import { DateField, Dialog, Form, RadioKeys, TextArea, TextField, tellReader } from '../../ui/index.ts'
import { rightsChanged } from '../accounts/queries.ts'
import type { ThirdParty } from './structure-parts.ts'
import { capacityWords } from './structure-parts.ts'

export const ThirdPartyDialog = ({ third, onClose }: { third: ThirdParty | null; onClose: () => void }) => {
  const [kind, setKind] = useState<string>(third?.kind ?? 'contractor')
  return (
    <Dialog
      title={third ? `Modifier ${third.name}` : 'Déclarer un délégataire ou un prestataire'}
      shape="side"
      onClose={onClose}
    >
      <Form
        draft={{ name: 'third-party', about: third?.id, version: third?.version }}
        submit="Enregistrer"
        onCancel={onClose}
        onSubmit={async (values, { idempotencyKey }) => {
          const body = {
            name: values.name!,
            siret: siretIn(values.siret ?? '') || null,
            capacity: values.capacity as 'processor',
            startsOn: values.startsOn!,
            endsOn: values.endsOn || null,
            evidence: values.evidence!,
            evidenceOn: values.evidenceOn!,
          }
          const { told } = third
            ? await call(editThirdParty, {
                params: { thirdPartyId: third.id },
                body,
                ifMatch: third.version,
                idempotencyKey,
              })
            : await call(declareThirdParty, { body: { kind: kind as 'delegate', ...body }, idempotencyKey })
          await rightsChanged()
          tellReader('C’est enregistré.', told)
          onClose()
        }}
      >
        {!third && (
          <RadioKeys
            name="kind"
            label="Lien avec la structure"
            required
            value={kind}
            onChange={setKind}
            options={[
              { value: 'delegate', label: 'Délégataire' },
              { value: 'contractor', label: 'Prestataire' },
            ]}
          />
        )}
        <TextField name="name" label="Nom" required maxLength={200} defaultValue={third?.name ?? ''} />
        <SiretField current={third?.siret} />
        <RadioKeys
          name="capacity"
          label="Qualité pour les données personnelles"
          required
          options={capacities.map(value => ({
            value,
            label: capacityWords[value].charAt(0).toUpperCase() + capacityWords[value].slice(1),
          }))}
          {...(third ? { defaultValue: third.capacity } : {})}
        />
        <DateField name="startsOn" label="Intervient depuis le" required defaultValue={third?.startsOn ?? ''} />
        <DateField
          name="endsOn"
          label="Jusqu’au"
          hint={
            (third?.kind ?? kind) === 'contractor'
              ? 'Les comptes de ses personnes finissent ce jour-là'
              : 'Sans date, tant que rien n’y met fin'
          }
          required={(third?.kind ?? kind) === 'contractor'}
          defaultValue={third?.endsOn ?? ''}
        />
        <TextArea
          name="evidence"
          label="Preuve de ses obligations"
          hint="L’acte qui le tient à des obligations au moins égales à celles de la convention, et où il est gardé"
          required
          maxLength={500}
          rows={3}
          defaultValue={third?.evidence ?? ''}
        />
        <DateField
          name="evidenceOn"
          label="Date de cet acte"
          required
          max={today()}
          defaultValue={third?.evidenceOn ?? ''}
        />
      </Form>
    </Dialog>
  )
}
