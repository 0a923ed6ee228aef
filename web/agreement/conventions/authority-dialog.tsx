import { useState } from 'react'
import { settleAuthority } from '../../../contract/agreement/conventions.ts'
import { call } from '../../platform/api.ts'
import { Checkbox, DateField, Dialog, Form, TextField } from '../../ui/index.ts'
import type { ConventionDialog } from './dialog-part.ts'
import { keepConvention } from './queries.ts'
import type { Convention, Party } from './words.ts'

export const AuthorityFields = ({
  party,
  of,
}: {
  party: Party
  of?: Convention['signatories'][number] | undefined
}) => {
  const [local, setLocal] = useState(of?.localAuthority ?? party === 'partenaire')
  const name = (field: string) => `${party}.${field}`
  return (
    <>
      <TextField
        name={name('act')}
        label="Acte qui l’habilite à signer"
        hint="Délibération, délégation, statuts : sa nature et son numéro."
        maxLength={300}
        {...(of?.act ? { defaultValue: of.act } : {})}
      />
      <DateField name={name('actOn')} label="Date de cet acte" {...(of?.actOn ? { defaultValue: of.actOn } : {})} />
      <Checkbox
        label="C’est une collectivité territoriale ou un groupement"
        name={name('localAuthority')}
        checked={local}
        onChange={setLocal}
      />
      {local && (
        <>
          <DateField
            name={name('prefectureOn')}
            label="Reçu en préfecture le"
            {...(of?.prefectureOn ? { defaultValue: of.prefectureOn } : {})}
          />
          <DateField
            name={name('publishedOn')}
            label="Publié le"
            {...(of?.publishedOn ? { defaultValue: of.publishedOn } : {})}
          />
        </>
      )}
    </>
  )
}
export const authorityOf = (values: Record<string, string>, party: Party) => {
  const value = (field: string) => values[`${party}.${field}`]?.trim() || null
  const localAuthority = values[`${party}.localAuthority`] !== undefined
  return {
    act: value('act'),
    actOn: value('actOn'),
    localAuthority,
    prefectureOn: localAuthority ? value('prefectureOn') : null,
    publishedOn: localAuthority ? value('publishedOn') : null,
  }
}
export const AuthorityDialog = ({ convention, onClose, party }: ConventionDialog & { party: Party }) => {
  const of = convention.signatories.find(one => one.party === party)!
  return (
    <Dialog title={`Acte qui habilite ${of.name}`} onClose={onClose}>
      <Form
        submit="Enregistrer"
        done="L’acte est enregistré."
        onCancel={onClose}
        onSubmit={async (values, { idempotencyKey }) => {
          await keepConvention(
            await call(settleAuthority, {
              params: { conventionId: convention.id, party },
              idempotencyKey,
              body: { name: of.name, capacity: of.capacity, ...authorityOf(values, party) },
            }),
          )
          onClose()
        }}
      >
        <AuthorityFields party={party} of={of} />
      </Form>
    </Dialog>
  )
}
