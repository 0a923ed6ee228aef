import {
  civilities,
  informedWays,
  preferredChannels,
} from '../../../contract/work-with-employers/correspondents/correspondents.ts'
import { today } from '../../platform/format.ts'
import { DateField, SelectField, TextField } from '../../ui/index.ts'
import { type Correspondent, channelWords, type Field, informedWords, valueWords } from './words.ts'

export type Start = Partial<Record<Field, string>>
/** What is asked of a correspondent; phones are typed as people say them. */
export const CorrespondentFields = ({ start, informed }: { start: Start; informed: Correspondent['informed'] }) => {
  const text = (name: Field) => ({ name, defaultValue: start[name] ? valueWords(name, start[name]) : '' })
  return (
    <>
      <SelectField
        name="civility"
        label="Civilité"
        placeholder="Non précisée"
        options={civilities.map(value => ({ value, label: value }))}
        defaultValue={start.civility ?? ''}
      />
      <TextField {...text('givenName')} label="Prénom" maxLength={100} />
      <TextField {...text('familyName')} label="Nom" maxLength={100} />
      <TextField {...text('role')} label="Fonction" hint="Par exemple : gérante, accueil" maxLength={120} />
      <TextField {...text('phone')} label="Téléphone" hint="Par exemple 05 56 12 34 56" type="tel" maxLength={40} />
      <TextField {...text('otherPhone')} label="Autre téléphone" type="tel" maxLength={40} />
      <TextField {...text('email')} label="Courriel" type="email" hint="Par exemple nom@domaine.fr" maxLength={254} />
      <TextField {...text('postalAddress')} label="Adresse postale" maxLength={300} />
      <SelectField
        name="preferredChannel"
        label="À joindre plutôt"
        placeholder="Sans préférence"
        options={preferredChannels.map(value => ({ value, label: channelWords[value] }))}
        defaultValue={start.preferredChannel ?? ''}
      />
      <DateField name="observedOn" label="Constaté le" required max={today()} defaultValue={today()} />
      <fieldset className="cc-correspondent__informed">
        <legend>La personne sait-elle que ses coordonnées sont conservées ?</legend>
        <SelectField
          name="informedHow"
          label="Informée"
          placeholder="Pas encore"
          options={informedWays.map(value => ({ value, label: informedWords[value] }))}
          defaultValue={informed?.how ?? ''}
        />
        <DateField
          name="informedOn"
          label="Le"
          max={today()}
          quick={[{ label: 'aujourd’hui', day: today() }]}
          defaultValue={informed?.on ?? ''}
        />
      </fieldset>
    </>
  )
}
