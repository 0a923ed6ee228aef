import { TextArea } from '../../ui/index.ts'

/** Why one goes past the budget. */
export const ReasonField = ({ name }: { name: string }) => (
  <TextArea
    name={name}
    label="Motif"
    hint="Lu par qui lit la fiche. N’y nommez personne et n’y mettez ni téléphone ni adresse."
    required
    maxLength={300}
    rows={3}
  />
)
