import { useQuery } from '@tanstack/react-query'
import { today } from '../../platform/format.ts'
import { DateField, SelectField, Skeleton, TextArea } from '../../ui/index.ts'
import { kindsQuery } from './queries.ts'
import { kindOptions } from './words.ts'

/** As typed: an end left empty is none. */
export interface Typed {
  readonly kindId: string
  readonly since: string
  readonly until: string | null
  readonly evidence: string
}
export const typedOf = (values: Readonly<Record<string, string>>): Typed => ({
  kindId: values['kindId']!,
  since: values['since']!,
  until: values['until'] || null,
  evidence: values['evidence']!.trim(),
})

/** What is asked of a commitment, noted or corrected. */
export const CommitmentFields = ({ start }: { start?: Typed }) => {
  const { data } = useQuery(kindsQuery)
  if (!data) return <Skeleton lines={6} label="Chargement des types d’engagement" />
  return (
    <>
      <SelectField
        name="kindId"
        label="Engagement"
        required
        placeholder="Choisir dans la liste"
        options={kindOptions(data.items, start?.kindId)}
        defaultValue={start?.kindId ?? ''}
      />
      <DateField name="since" label="Engagé depuis le" required max={today()} defaultValue={start?.since ?? today()} />
      <DateField
        name="until"
        label="Jusqu’au"
        hint="Dernier jour compris ; vide, si aucune fin n’est dite"
        defaultValue={start?.until ?? ''}
      />
      <TextArea
        name="evidence"
        label="Ce qui l’atteste"
        hint="Un lien, un document, une parole et son jour. N’y nommez personne et n’y mettez ni téléphone ni adresse."
        required
        maxLength={500}
        rows={3}
        defaultValue={start?.evidence ?? ''}
      />
    </>
  )
}
