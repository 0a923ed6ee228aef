import { ReasonField } from './reason-field.tsx'

/** Asked when the day chosen has no solicitation left. */
export const SpentReason = () => (
  <>
    <p>
      Le réseau a déjà utilisé ou réservé les sollicitations de cet employeur cette semaine-là ou ce mois-là. Choisissez
      une autre date, ou dites pourquoi il faut le solliciter encore.
    </p>
    <ReasonField name="beyondBudget" />
  </>
)
