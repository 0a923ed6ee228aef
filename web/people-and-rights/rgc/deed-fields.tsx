import type { ReactNode } from 'react'
import { CheckboxGroup, Section, SelectField, TextField } from '../../ui/index.ts'
import { PersonSelect } from '../directory/person-select.tsx'
import { Commitments } from './commitments.tsx'
import type { Overview, Structure } from './words.ts'

/** What a deed waits for before it can be proposed, and who gives it. */
export const cannotPropose = ({ conventions, next, signatories }: Overview) =>
  conventions.length === 0
    ? {
        title: 'Aucune convention',
        sentence:
          'Un acte d’engagement est l’annexe d’une convention, en vigueur ou à signer. La direction régionale de l’opérateur la prépare.',
      }
    : next.conditions === null
      ? {
          title: 'Conditions générales à publier',
          sentence:
            'L’opérateur n’a pas publié les conditions générales d’accès, que vous remettez à chaque personne désignée.',
        }
      : signatories.length === 0
        ? {
            title: 'Aucun signataire',
            sentence:
              'Votre structure n’a pas de signataire en exercice : l’opérateur doit d’abord l’enregistrer avec la convention.',
          }
        : null

/** What a deed says of its structure. `signatory`: how the page names who signs for it. */
export const StructureFields = ({
  structure: { organisation, conventions, signatories },
  signatory,
  children,
}: {
  structure: Pick<Structure, 'organisation' | 'conventions' | 'signatories'>
  signatory: string
  children?: ReactNode
}) => (
  <Section title={organisation.name}>
    {conventions.length > 1 && (
      <SelectField
        name="conventionId"
        label="Convention"
        hint="L’acte prend fin avec elle"
        required
        defaultValue={conventions[0]!.id}
        options={conventions.map(({ id, number, state }) => ({
          value: id,
          label: `${number}, ${state === 'in-force' ? 'en vigueur' : 'à signer'}`,
        }))}
      />
    )}
    <TextField name="address" label="Adresse de la structure" required maxLength={300} autoComplete="street-address" />
    <PersonSelect name="signatoryId" label={signatory} required people={signatories} />
    <TextField
      name="signatoryTitle"
      label="Qualité du signataire"
      hint="Par exemple : présidente, directeur général"
      required
      maxLength={120}
    />
    {children}
  </Section>
)
/** What each signs, and that the partner gave them the conditions in that version (RGC-9). */
export const ConditionsGiven = ({
  next,
  given,
  missing,
  onChange,
}: {
  next: Overview['next']
  given: readonly string[]
  missing: boolean
  onChange: (chosen: readonly string[]) => void
}) => (
  <>
    <Section title="Ce que chacun signe">
      <Commitments commitments={next.commitments} />
    </Section>
    <CheckboxGroup
      name="conditionsGiven"
      label="Conditions générales d’accès"
      value={given}
      onChange={onChange}
      {...(missing ? { error: 'Remettez d’abord les conditions générales d’accès, puis cochez cette case.' } : {})}
      options={[
        {
          value: 'remises',
          label: `« ${next.conditions?.title} », version ${next.conditions?.version}, ont été remises à chaque personne désignée.`,
        },
      ]}
    />
  </>
)
