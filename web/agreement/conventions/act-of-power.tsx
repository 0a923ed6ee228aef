import { today } from '../../platform/format.ts'
import { DateField, SelectField, TextField } from '../../ui/index.ts'
import { authorityOf, LocalAuthorityFields } from './authority-dialog.tsx'
import type { Party } from './words.ts'

/** Stands in the list of accounts for a person who has none. */
export const onPaper = 'papier'
const kept = (value: string | undefined) => (value === undefined ? {} : { defaultValue: value })

/** Who signs in the signatory's place: one of these accounts, or the name of a person who signs on paper. */
export const PersonFields = ({
  label,
  who,
  onChange,
  options,
  name,
}: {
  label: string
  who: string
  onChange: (who: string) => void
  options: readonly { value: string; label: string }[]
  name?: string | undefined
}) => (
  <>
    <SelectField
      name="who"
      label={label}
      required
      value={who}
      onChange={onChange}
      options={[...options, { value: onPaper, label: 'Une personne qui signe sur papier, sans compte' }]}
    />
    {who === onPaper && <TextField name="name" label="Son nom" required maxLength={200} {...kept(name)} />}
  </>
)

interface Act {
  readonly act: string
  readonly actOn: string
  readonly grantedBy: string
  readonly localAuthority: boolean
  readonly prefectureOn: string | null
  readonly publishedOn: string | null
}
/** The act that gives a person power to sign: its day, by whom, and what a local authority's act goes through. */
export const ActOfPowerFields = ({ party, of }: { party: Party; of?: Act | undefined }) => (
  <>
    <TextField
      name="act"
      label="Acte qui lui donne pouvoir de signer"
      hint="Délibération, délégation de signature : sa nature et son numéro."
      required
      maxLength={300}
      {...kept(of?.act)}
    />
    <DateField name="actOn" label="Date de cet acte" required max={today()} {...kept(of?.actOn)} />
    <TextField
      name="grantedBy"
      label="Pris par"
      hint="L’assemblée, ou la personne qui délègue."
      required
      maxLength={200}
      {...kept(of?.grantedBy)}
    />
    <LocalAuthorityFields party={party} of={of} />
  </>
)
export const actOfPower = (values: Record<string, string>, party: Party): Act => {
  const { localAuthority, prefectureOn, publishedOn } = authorityOf(values, party)
  return {
    act: values.act!,
    actOn: values.actOn!,
    grantedBy: values.grantedBy!,
    localAuthority,
    prefectureOn,
    publishedOn,
  }
}
