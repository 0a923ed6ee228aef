import { useState } from 'react'
import {
  AsideDraft,
  Checkbox,
  CheckboxGroup,
  type Choice,
  Chosen,
  ClashingDraft,
  Combobox,
  DateField,
  DraftState,
  FileField,
  Form,
  FormDrafts,
  FoundDraft,
  KeptFields,
  PasswordField,
  RadioKeys,
  Section,
  SelectField,
  TextArea,
  TextField,
} from '../ui/index.ts'

const options = [
  { value: 'telephone', label: 'Téléphone' },
  { value: 'visite', label: 'Visite', hint: 'Dans les locaux de l’employeur' },
]
const towns: readonly Choice[] = ['Cestas', 'Léognan', 'Le Barp'].map(label => ({
  value: label,
  label,
  hint: 'Commune',
}))
const find = async (words: string) => towns.filter(({ label }) => label.toLowerCase().includes(words.toLowerCase()))

/** A draft found again: begun this morning, on a phone. */
const exampleDraft = {
  kind: 'example',
  subject: 'new',
  content: { kept: 'Deux départs en mars' },
  version: 1,
  startedAt: '2026-11-27T09:12:00Z',
  savedAt: '2026-11-27T09:14:00Z',
  place: 'other-device' as const,
  device: 'Chrome sur Android',
  form: { title: 'Exemple', path: '/_apercu', version: 1 },
  sendKey: null,
}
const exampleDrafts = () => ({
  read: async () => exampleDraft,
  save: async (content: Record<string, string>) => ({ ...exampleDraft, content }),
  discard: async () => undefined,
})

/** What one types and chooses: as it comes, filled in, wrong. */
export const Typed = () => {
  const [town, setTown] = useState<Choice | null>(null)
  const [several, setSeveral] = useState<readonly Choice[]>(towns.slice(0, 2))
  const [agreed, setAgreed] = useState(true)
  const [boxes, setBoxes] = useState<readonly string[]>(['telephone'])
  return (
    <>
      <Section title="Champs">
        <TextField name="plain" label="Texte" />
        <TextField name="hinted" label="Texte avec une aide" hint="Le format attendu" required defaultValue="Rempli" />
        <TextField name="wrong" label="Texte refusé" required error="Dites ce qui ne va pas." />
        <TextArea name="long" label="Texte long" maxLength={300} rows={3} />
        <TextArea name="long-wrong" label="Texte long refusé" error="300 caractères au plus." />
        <DateField name="day" label="Jour" quick={[{ label: 'Aujourd’hui', day: '2026-11-27' }]} />
        <DateField name="day-wrong" label="Jour refusé" required error="Le jour est passé." />
        <SelectField name="select" label="Liste" options={options} />
        <SelectField name="select-wrong" label="Liste refusée" required options={options} error="Choisissez." />
        <RadioKeys name="row" label="Une réponse, en ligne" required options={options} defaultValue="visite" />
        <RadioKeys
          name="column"
          label="Une réponse, en colonne"
          layout="column"
          options={options}
          error="Choisissez."
        />
        <CheckboxGroup name="boxes" label="Plusieurs réponses" options={options} value={boxes} onChange={setBoxes} />
        <Checkbox label="Une case, cochée" checked={agreed} onChange={setAgreed} />
        <Checkbox label="Une case" hint="Avec une aide" checked={!agreed} onChange={value => setAgreed(!value)} />
        <FileField label="Fichier" hint="Un PDF" accept="application/pdf" onFile={() => undefined} />
        <FileField
          label="Fichier refusé"
          hint="Un PDF"
          accept="application/pdf"
          error="Pas un PDF."
          onFile={() => undefined}
        />
      </Section>
      <Section title="Un parmi beaucoup">
        <Combobox name="town" label="Commune" value={town} onChange={setTown} find={find} findKey={['apercu']} />
        <Combobox
          name="towns"
          label="Plusieurs communes"
          hint="Elles s’ajoutent sous le champ"
          required
          several
          value={null}
          onChange={choice => choice && setSeveral([...several.filter(one => one.value !== choice.value), choice])}
          find={find}
          findKey={['apercu']}
        />
        <Chosen
          label="Communes choisies"
          items={several}
          onRemove={value => setSeveral(several.filter(one => one.value !== value))}
        />
        <Combobox
          name="town-wrong"
          label="Commune refusée"
          value={null}
          onChange={() => undefined}
          error="Choisissez dans la liste."
          find={find}
          findKey={['apercu']}
        />
      </Section>
      <Section title="Formulaire">
        <Form
          draft={{ name: 'example-secret' }}
          submit="Envoyer l’exemple"
          done="Envoyé."
          onSubmit={() => undefined}
          onCancel={() => undefined}
        >
          <TextField name="required" label="Ce qu’il faut remplir" required />
          <PasswordField name="password" label="Mot de passe" hint="Douze caractères" autoComplete="new-password" />
        </Form>
        <AsideDraft why="erased" onTake={() => undefined} />
        <AsideDraft why="other-version" onTake={() => undefined} />
        <FoundDraft found={exampleDraft} erase={async () => undefined} />
        <ClashingDraft theirs={exampleDraft} draft={{ takeOther: () => undefined, keepMine: () => undefined }}>
          <p className="fr-text--sm">Ce qui diffère se lit ici, champ par champ.</p>
        </ClashingDraft>
        <DraftState keeping={{ kind: 'saved', at: '2026-11-27T09:14:00Z' }} />
        <DraftState keeping={{ kind: 'away' }} />
        <FormDrafts value={exampleDrafts}>
          <KeptFields draft={{ name: 'example-fields' }}>
            <TextField name="alone" label="Texte gardé hors d’un formulaire" />
          </KeptFields>
          <Form submit="Envoyer le long formulaire" draft={{ name: 'example' }} onSubmit={() => undefined}>
            <TextArea name="kept" label="Texte gardé en brouillon" />
          </Form>
        </FormDrafts>
      </Section>
    </>
  )
}
