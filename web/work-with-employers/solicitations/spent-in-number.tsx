import { formatCount } from '../../platform/format.ts'
import { Notice } from '../../ui/index.ts'
import { ReasonField } from './reason-field.tsx'

/** Asked once for a whole work, where it goes past the budget of some employers. `subject`: « cible », « action ». */
export const SpentInNumber = ({ count, subject }: { count: number; subject: 'cible' | 'action' }) =>
  count > 0 && (
    <>
      <Notice tone="warning">
        {formatCount(count, `${subject} dépasserait`, `${subject}s dépasseraient`)} le budget de sollicitations : le
        réseau a déjà utilisé ou réservé celles de {count < 2 ? 'cet employeur' : 'ces employeurs'} cette semaine-là ou
        ce mois-là. Dites pourquoi il faut {count < 2 ? 'le' : 'les'} solliciter encore : un seul motif vaut pour tout
        le travail.
      </Notice>
      <ReasonField name="beyondBudget" />
    </>
  )
