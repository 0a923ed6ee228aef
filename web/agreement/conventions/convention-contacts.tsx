import { useMutation } from '@tanstack/react-query'
import { endContact } from '../../../contract/agreement/conventions.ts'
import { partnerRoles } from '../../../contract/agreement/partner-roles.ts'
import { call } from '../../platform/api.ts'
import { dayOf, formatCount, formatDay, formatPhone } from '../../platform/format.ts'
import { queryClient } from '../../platform/query.ts'
import { holdsRoleSomewhere, useMe } from '../../platform/session.ts'
import { Button, ButtonRow, Notice, Refused, roleList, tellReader } from '../../ui/index.ts'
import type { Part } from './convention-part.ts'
import { conventionQuery } from './queries.ts'
import { annexRoles, ofParty, partnersWords, type Role, roleWords } from './words.ts'

export const Contacts = ({ convention, onAsk }: Part) => {
  const me = useMe()
  // Its signatory and account managers give roles, from the contacts of annex 2 (AGR-16).
  const own = me.organisation.id === convention.organisation.id && holdsRoleSomewhere(me, 'signataire', 'rgc')
  const end = useMutation({
    mutationFn: async (role: Role) => {
      const { told, partners } = await call(endContact, {
        params: { role },
        query: convention.actsFor === 'operateur' ? { regionId: convention.region.id } : {},
      })
      tellReader(`L’interlocuteur est retiré.${partnersWords(partners)}`, told)
      await queryClient.invalidateQueries({ queryKey: conventionQuery(convention.id).queryKey })
    },
  })
  return (
    <>
      {convention.unheard.length > 0 && ['in-force', 'notice-given', 'breach-notified'].includes(convention.state) && (
        <Notice tone="warning" title="Des courriels ne trouveraient personne">
          {(['partenaire', 'operateur'] as const)
            .map(party => ({ party, roles: convention.unheard.filter(one => one.party === party) }))
            .filter(({ roles }) => roles.length > 0)
            .map(({ party, roles }) => (
              <p key={party} className="fr-mb-1v">
                Du côté {ofParty(party, convention)}, personne ne tient aujourd’hui{' '}
                {roles.length < 2 ? 'le rôle' : 'les rôles'} {roleList(roles)} : ce que le service{' '}
                {roles.length < 2 ? 'lui' : 'leur'} destine ne part à personne, et le journal le note.
              </p>
            ))}
        </Notice>
      )}
      {(['partenaire', 'operateur'] as const).map(party => (
        <div key={party}>
          <h3 className="fr-h6">
            {party === 'partenaire' ? `Annexe 2 : ${convention.organisation.name}` : 'Annexe 2 bis : l’opérateur'}
          </h3>
          <ul className="cc-contacts">
            {annexRoles[party].map(role => {
              const all = convention.contacts.filter(contact => contact.party === party && contact.role === role)
              const current = all.find(contact => contact.endsAt === null)
              const past = all.filter(contact => contact.endsAt !== null)
              const may = convention.allowed.includes('name-contacts') && (convention.actsFor ?? 'partenaire') === party
              const enters = party === 'partenaire' && convention.allowed.includes('enter-contacts')
              return (
                <li key={role}>
                  <p>
                    <strong>{roleWords[role]}</strong>
                  </p>
                  {current ? (
                    <>
                      <p>{current.name}</p>
                      <p>
                        <a href={`mailto:${current.email}`}>{current.email}</a>
                      </p>
                      {current.telephone && <p>{formatPhone(current.telephone)}</p>}
                    </>
                  ) : (
                    <p className="cc-role-empty">Personne ne tient ce rôle.</p>
                  )}
                  {past.length > 0 && (
                    <details>
                      <summary className="fr-text--sm">{formatCount(past.length, 'précédent')}</summary>
                      <ul>
                        {past.map(contact => (
                          <li key={contact.id} className="fr-text--sm">
                            {contact.name}, du {formatDay(dayOf(contact.startsAt))} au{' '}
                            {formatDay(dayOf(contact.endsAt!))}
                          </li>
                        ))}
                      </ul>
                    </details>
                  )}
                  {own && party === 'partenaire' && partnerRoles.some(one => one === role) && (
                    <Button size="small" priority="tertiary no outline" href={`/roles-de-la-structure?donner=${role}`}>
                      Donner ce rôle dans le service<span className="fr-sr-only"> : {roleWords[role]}</span>
                    </Button>
                  )}
                  {(may || enters) && (
                    <ButtonRow>
                      <Button size="small" priority="tertiary" onClick={() => onAsk({ act: 'contact', role, party })}>
                        {current ? 'Changer' : 'Nommer'}
                        <span className="fr-sr-only"> : {roleWords[role]}</span>
                      </Button>
                      {may && current && (
                        <Button size="small" priority="tertiary" onClick={() => end.mutate(role)}>
                          Retirer<span className="fr-sr-only"> : {roleWords[role]}</span>
                        </Button>
                      )}
                    </ButtonRow>
                  )}
                </li>
              )
            })}
          </ul>
        </div>
      ))}
      {end.isError && <Refused problem={end.error} />}
      {!convention.allowed.includes('name-contacts') && (
        <p className="fr-text--sm">
          Chaque partie tient les siens : le signataire ou le responsable opérationnel de la structure, la direction
          régionale de l’opérateur. L’autre partie en reçoit un courriel aussitôt.
        </p>
      )}
    </>
  )
}
