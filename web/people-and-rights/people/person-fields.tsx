import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { attachments } from '../../../contract/people-and-rights/accounts.ts'
import { DateField, RadioKeys, SelectField, TextField } from '../../ui/index.ts'
import { attachmentWords, type Person } from '../accounts/words.ts'
import { structureQuery } from '../organisations/queries.ts'

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
/** Who it is, what they do, and whose person they are; with the end of the contract where there is one. */
export const PersonFields = ({ person }: { person?: Person }) => {
  const [attachment, setAttachment] = useState<string>(person?.attachment ?? 'agent')
  const { data } = useQuery(structureQuery)
  const others = (data?.thirdParties ?? []).filter(t => t.kind === attachment)
  return (
    <>
      <TextField name="givenName" label="Prénom" required maxLength={100} defaultValue={person?.givenName ?? ''} />
      <TextField name="familyName" label="Nom" required maxLength={100} defaultValue={person?.familyName ?? ''} />
      <TextField
        name="function"
        label="Fonction"
        hint="Par exemple : conseillère entreprises"
        required
        maxLength={120}
        defaultValue={person?.function ?? ''}
      />
      <RadioKeys
        name="attachment"
        label="Rattachement"
        required
        value={attachment}
        onChange={setAttachment}
        options={attachments.map(value => ({ value, label: capital(attachmentWords[value]) }))}
      />
      {attachment !== 'agent' && (
        <SelectField
          name="thirdPartyId"
          label={capital(attachmentWords[attachment as 'delegate'])}
          hint="Parmi ceux que votre structure a déclarés"
          required
          defaultValue={person?.thirdParty?.id ?? ''}
          options={others.map(({ id, name }) => ({ value: id, label: name }))}
        />
      )}
      <DateField
        name="contractEndsOn"
        label="Fin du contrat"
        hint={
          attachment === 'agent'
            ? 'Pour un contrat à durée limitée ; le compte finit avec lui'
            : 'Le compte finit avec lui ; sans date, celle qui est déclarée'
        }
        defaultValue={person?.contractEndsOn ?? ''}
      />
    </>
  )
}
export const identityOf = (values: Record<string, string>) => ({
  givenName: values.givenName!,
  familyName: values.familyName!,
  function: values.function!,
  attachment: values.attachment as Person['attachment'],
  thirdPartyId: values.thirdPartyId || null,
  contractEndsOn: values.contractEndsOn || null,
})
