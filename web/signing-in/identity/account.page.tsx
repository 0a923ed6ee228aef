import { AddressNotices } from '../../people-and-rights/addresses/address-changes.tsx'
import { SecondAccountNotices } from '../../people-and-rights/second-accounts/second-account-notices.tsx'
import { useMe } from '../../platform/session.ts'
import { Columns, Facts, Link, Notice, Page, Section } from '../../ui/index.ts'
import { SecondFactors } from './account-factors.tsx'
import { Password } from './account-password.tsx'
import { Rights } from './account-rights.tsx'
import { Sessions } from './account-sessions.tsx'
import { Shortcuts } from './account-shortcuts.tsx'

export default function AccountPage() {
  const me = useMe()
  return (
    <Page title="Mon compte" lead={`${me.account.givenName} ${me.account.familyName}, ${me.organisation.name}`}>
      {me.missing.length > 0 && (
        <Notice tone="warning" title="Ce qui manque pour travailler">
          <ul>
            {me.missing.map(({ code, sentence, whoActs }) => (
              <li key={code}>
                {sentence} <strong>Qui agit : {whoActs}</strong>
              </li>
            ))}
          </ul>
        </Notice>
      )}
      {me.session.state === 'active' && <AddressNotices accountId={me.account.id} />}
      {me.session.state === 'active' && <SecondAccountNotices />}
      <Columns>
        <Section title="Identité">
          <Facts
            items={[
              ['Nom', `${me.account.givenName} ${me.account.familyName}`],
              ['Fonction', me.account.function],
              ['Structure', me.organisation.name],
            ]}
          />
          <p className="fr-text--sm fr-mb-0">
            Une erreur ? Le responsable de gestion de comptes (RGC) de votre structure la corrige.
          </p>
          <p className="fr-mt-2w fr-mb-1w">
            <Link href="/absences">Signaler une absence, avec ses dates</Link>
          </p>
          <p className="fr-mb-1w">
            <Link href="/annuaire/moi">Ma fiche de l’annuaire : téléphone, agence</Link>
          </p>
          <p className="fr-mb-1w">
            <Link href="/mon-calendrier">Mon calendrier : mes actions dans mon programme d’agenda</Link>
          </p>
          <p className="fr-mb-1w">
            <Link href="/mes-notifications/reglages">Mes notifications : lesquelles par courriel, et quand</Link>
          </p>
          <p className="fr-mb-0">
            <Link href="/journal">Mon journal : mes actes, et ceux faits sur mon compte</Link>
          </p>
        </Section>
        <Rights rights={me.rights} />
      </Columns>
      <SecondFactors me={me} />
      {me.factors.password && <Password />}
      <Sessions />
      <Shortcuts />
    </Page>
  )
}
