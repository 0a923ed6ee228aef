import { createContext } from 'react'
import type { Static } from 'typebox'
import type { putTargetBack } from '../../../contract/work-with-employers/campaigns.ts'
import { SelectField, TextField } from '../../ui/index.ts'

export type Decided = Omit<Static<(typeof putTargetBack)['body']>, 'despite'>
export const leaving: Decided = { held: 'leave', contacted: 'leave', beside: 'leave' }

/** Of an open campaign; null of a draft, which decides in a step of its own. */
export const DecidedContext = createContext<Decided | null>(null)

interface Props {
  /** Whether what is done at other establishments of the company counts. */
  byCompany: boolean
  value: Decided
  onChange: (value: Decided) => void
}
/** What to do at once with those that others hold or met: an open campaign has no later step. */
export const DecidedFields = ({ byCompany, value, onChange }: Props) => (
  <fieldset className="cc-goals">
    <legend className="fr-label">
      Ceux qui sont déjà suivis
      <span className="fr-hint-text">
        La campagne est ouverte : ce que vous choisissez ici vaut dès l’ajout, pour les nouveaux seulement
      </span>
    </legend>
    <SelectField
      name="held"
      label="Tenus par une autre campagne"
      required
      value={value.held ?? 'leave'}
      onChange={held => onChange({ ...value, held: held as NonNullable<Decided['held']> })}
      options={[
        { value: 'leave', label: 'Les laisser : ils sont mis de côté' },
        { value: 'share', label: 'Les partager' },
        { value: 'take', label: 'Les prendre, avec un motif' },
      ]}
    />
    <SelectField
      name="contacted"
      label="Contactés récemment"
      required
      value={value.contacted ?? 'leave'}
      onChange={contacted => onChange({ ...value, contacted: contacted as NonNullable<Decided['contacted']> })}
      options={[
        { value: 'leave', label: 'Les laisser : ils sont mis de côté' },
        { value: 'take', label: 'Les prendre, avec un motif' },
      ]}
    />
    {byCompany && (
      <SelectField
        name="beside"
        label="Entreprise suivie ou contactée ailleurs"
        required
        value={value.beside ?? 'leave'}
        onChange={beside => onChange({ ...value, beside: beside as NonNullable<Decided['beside']> })}
        options={[
          { value: 'leave', label: 'Les laisser : ils sont mis de côté' },
          { value: 'take', label: 'Les prendre, avec un motif' },
        ]}
      />
    )}
    {(value.held === 'take' || value.contacted === 'take' || value.beside === 'take') && (
      <TextField
        name="reason"
        label="Motif"
        hint="Gardé avec la décision ; qui les tenait le lira"
        required
        maxLength={300}
        value={value.reason ?? ''}
        onChange={reason => onChange({ ...value, reason })}
      />
    )}
  </fieldset>
)
