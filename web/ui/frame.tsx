import { Footer as DsfrFooter } from '@codegouvfr/react-dsfr/Footer'
import { Header as DsfrHeader, type HeaderProps } from '@codegouvfr/react-dsfr/Header'
import { SkipLinks } from '@codegouvfr/react-dsfr/SkipLinks'
import { serviceTitle } from './page.tsx'

export const brand = (
  <>
    République
    <br />
    Française
  </>
)
export const tagline = 'Outil commun du réseau pour l’emploi'
const home = { href: '/', title: `Accueil — ${serviceTitle}` }

export interface NavItem {
  readonly label: string
  readonly href: string
  readonly active: boolean
}

export const Header = ({
  nav,
  who,
  onSignOut,
  onSearch,
}: {
  nav?: readonly NavItem[]
  who?: { label: string; href: string }
  onSignOut?: () => void
  onSearch?: (words: string) => void
}) => {
  const quickAccessItems: HeaderProps.QuickAccessItem[] = [
    ...(who
      ? [{ iconId: 'fr-icon-account-circle-line' as const, text: who.label, linkProps: { href: who.href } }]
      : []),
    ...(onSignOut
      ? [{ iconId: 'fr-icon-logout-box-r-line' as const, text: 'Se déconnecter', buttonProps: { onClick: onSignOut } }]
      : []),
  ]
  return (
    <DsfrHeader
      id="entete"
      disableDisplay
      brandTop={brand}
      homeLinkProps={home}
      serviceTitle={serviceTitle}
      serviceTagline={tagline}
      quickAccessItems={quickAccessItems}
      {...(nav
        ? { navigation: nav.map(({ label, href, active }) => ({ text: label, linkProps: { href }, isActive: active })) }
        : {})}
      {...(onSearch
        ? {
            onSearchButtonClick: onSearch,
            renderSearchInput: ({ className, id, type }: { className: string; id: string; type: 'search' }) => (
              <input
                className={className}
                id={id}
                type={type}
                placeholder="SIRET, nom, commune…"
                autoComplete="off"
                title="Rechercher un établissement"
              />
            ),
          }
        : {})}
    />
  )
}

export const Skip = ({ links }: { links: readonly { label: string; anchor: string }[] }) => (
  <SkipLinks links={[...links]} />
)

export const Footer = ({ onDisplay, version }: { onDisplay: () => void; version: string }) => (
  <DsfrFooter
    id="pied-de-page"
    accessibility="non compliant"
    accessibilityLinkProps={{ href: '/accessibilite' }}
    brandTop={brand}
    homeLinkProps={home}
    contentDescription="Un outil commun du réseau pour l’emploi, mis à la disposition des membres des task forces entreprises par convention avec France Travail."
    domains={['info.gouv.fr', 'service-public.gouv.fr', 'legifrance.gouv.fr', 'data.gouv.fr']}
    bottomItems={[
      { text: 'Mentions légales', linkProps: { href: '/mentions-legales' } },
      { text: 'Données personnelles', linkProps: { href: '/donnees-personnelles' } },
      { text: 'Interface de programmation (API)', linkProps: { href: '/api' } },
      { text: 'Raccourcis du clavier', linkProps: { href: '/aide/raccourcis' } },
      {
        text: 'Paramètres d’affichage',
        iconId: 'fr-icon-theme-fill',
        buttonProps: { onClick: onDisplay, type: 'button' },
      },
    ]}
    license={
      <>
        Version {version}. Code sous licence EUPL-1.2. Établissements : répertoire SIRENE de l’Insee,{' '}
        <a
          href="https://github.com/etalab/licence-ouverte/blob/master/LO.md"
          target="_blank"
          rel="noopener noreferrer"
          title="Licence Ouverte 2.0 - nouvelle fenêtre"
        >
          licence ouverte 2.0
        </a>
        .
      </>
    }
  />
)
