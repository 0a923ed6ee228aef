import { useMutation, useQueryClient } from '@tanstack/react-query'
import { nameContact } from '../../../contract/agreement/conventions.ts'
import { noticeRoleWords } from '../../../contract/words.ts'
import { call } from '../../platform/api.ts'
import { Badge, Button, ButtonRow, Refused, tellReader } from '../../ui/index.ts'
import { opens, type Seat } from './words.ts'
import '../conventions/conventions.css'

/** Each role of annex 2: what it opens, whom the annex names, who holds it here; from one to the other and back. */
export const Seats = ({ seats, onGive }: { seats: readonly Seat[]; onGive: (seat: Seat) => void }) => {
  const queries = useQueryClient()
  const naming = useMutation({
    mutationFn: async ({ role, holder }: { role: Seat['role']; holder: Seat['holders'][number] }) => {
      const { told } = await call(nameContact, {
        params: { role },
        body: { name: holder.name, email: holder.email!, telephone: null },
      })
      await queries.invalidateQueries({ queryKey: ['partner-roles'] })
      tellReader('L’annexe 2 est changée.', told)
    },
  })
  return (
    <>
      <ul className="cc-contacts">
        {seats.map(seat => {
          const { role, contact, holders, allowed } = seat
          const unnamed = holders.filter(holder => holder.email && holder.email !== contact?.email)
          return (
            <li key={role}>
              <h3 className="fr-h6 fr-mb-1v">{noticeRoleWords[role]}</h3>
              <p className="fr-text--sm">{opens[role]}</p>
              <p>
                <strong>Annexe 2 : </strong>
                {contact ? (
                  <>
                    {contact.name}, <a href={`mailto:${contact.email}`}>{contact.email}</a>
                    {!contact.account && (
                      <span className="fr-hint-text">Cette adresse n’est celle d’aucun compte de la structure.</span>
                    )}
                  </>
                ) : (
                  'personne n’est nommé'
                )}
              </p>
              <p>
                <strong>Dans le service : </strong>
                {holders.length === 0 ? 'personne ne tient ce rôle' : holders.map(({ name }) => name).join(', ')}{' '}
                {contact?.holds && <Badge tone="success">comme à l’annexe 2</Badge>}
              </p>
              <ButtonRow>
                {allowed.includes('give') && (
                  <Button size="small" priority="tertiary" onClick={() => onGive(seat)}>
                    {allowed.includes('give-to-contact')
                      ? `Donner ce rôle à ${contact!.account!.name}`
                      : 'Donner ce rôle'}
                    <span className="fr-sr-only"> : {noticeRoleWords[role]}</span>
                  </Button>
                )}
                {allowed.includes('name') &&
                  unnamed.map(holder => (
                    <Button
                      key={holder.id}
                      size="small"
                      priority="tertiary"
                      disabled={naming.isPending}
                      onClick={() => naming.mutate({ role, holder })}
                    >
                      Inscrire {holder.name} à l’annexe 2<span className="fr-sr-only"> : {noticeRoleWords[role]}</span>
                    </Button>
                  ))}
              </ButtonRow>
            </li>
          )
        })}
      </ul>
      {naming.isError && <Refused problem={naming.error} />}
    </>
  )
}
