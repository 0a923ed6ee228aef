import { useState } from 'react'
import { type rgcPositions, staffKinds } from '../../../contract/people-and-rights/rgc.ts'
import { today } from '../../platform/format.ts'
import { Button, DateField, Section, SelectField, TextField } from '../../ui/index.ts'

const staffWords: Record<(typeof staffKinds)[number], string> = {
  permanent: 'Personnel permanent de la structure',
  prestataire: 'Prestataire',
  interimaire: 'Intérimaire',
  'autre-organisme': 'Agent d’un autre organisme',
}

/** One person, as the form names their fields. */
const memberIn = (values: Record<string, string>, rank: number) => ({
  position: (values[`position${rank}`] ?? 'titulaire') as (typeof rgcPositions)[number],
  staff: values[`staff${rank}`] as (typeof staffKinds)[number],
  givenName: values[`givenName${rank}`]!,
  familyName: values[`familyName${rank}`]!,
  bornOn: values[`bornOn${rank}`]!,
  telephone: values[`telephone${rank}`]!.trim(),
  email: values[`email${rank}`]!.trim(),
})

const DesignatedPerson = ({ rank }: { rank: number }) => (
  <Section title={rank === 0 ? 'Première personne désignée' : `Personne désignée n° ${rank + 1}`}>
    <SelectField
      name={`position${rank}`}
      label="Qualité"
      required
      defaultValue={rank === 0 ? 'titulaire' : 'suppleant'}
      options={[
        { value: 'titulaire', label: 'Titulaire' },
        { value: 'suppleant', label: 'Suppléant' },
      ]}
    />
    <SelectField
      name={`staff${rank}`}
      label="Lien avec la structure"
      hint="Seul le personnel permanent peut être désigné, même pour peu de temps."
      required
      options={staffKinds.map(value => ({ value, label: staffWords[value] }))}
    />
    <TextField name={`givenName${rank}`} label="Prénom" required maxLength={100} />
    <TextField name={`familyName${rank}`} label="Nom" required maxLength={100} />
    <DateField
      name={`bornOn${rank}`}
      label="Date de naissance"
      hint="Vue ensuite du seul CSSI et de la personne"
      required
      max={today()}
    />
    <TextField name={`telephone${rank}`} label="Téléphone" type="tel" hint="Par exemple 05 56 00 00 00" required />
    <TextField
      name={`email${rank}`}
      label="Adresse électronique nominative"
      type="email"
      hint="Pas de boîte partagée (contact, accueil, rh…)"
      required
      maxLength={254}
    />
  </Section>
)

const most = 10
/** From one to ten persons: what the form shows, what its draft keeps of them, and what is sent. */
export const useDesignated = () => {
  const [people, setPeople] = useState(1)
  const ranks = Array.from({ length: people }, (_, rank) => rank)
  return {
    kept: {
      more: { people: String(people) },
      onMore: ({ people: count }: Record<string, string>) => setPeople(Math.min(most, Math.max(1, Number(count)))),
    },
    membersIn: (values: Record<string, string>) => ranks.map(rank => memberIn(values, rank)),
    fields: (
      <>
        <p className="fr-mt-3w">
          Le seul signataire peut être RGC, mais jamais le seul : personne ne pourrait décider pour lui. Désignez alors
          une seconde personne.
        </p>
        {ranks.map(rank => (
          <DesignatedPerson key={rank} rank={rank} />
        ))}
        <p className="fr-mt-2w">
          {people < most && (
            <Button priority="secondary" size="small" onClick={() => setPeople(people + 1)}>
              Ajouter une personne
            </Button>
          )}{' '}
          {people > 1 && (
            <Button priority="tertiary" size="small" onClick={() => setPeople(people - 1)}>
              Retirer la dernière
            </Button>
          )}
        </p>
      </>
    ),
  }
}
