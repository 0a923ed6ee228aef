import { Footer as DsfrFooter } from '@codegouvfr/react-dsfr/Footer'
import { Header as DsfrHeader, type HeaderProps } from '@codegouvfr/react-dsfr/Header'
import { SkipLinks } from '@codegouvfr/react-dsfr/SkipLinks'
import { FindButton } from './find-button.tsx'
import { serviceTitle } from './page.tsx'
import './frame.css'

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
  /** What opens under it, instead of a page of its own. */
  readonly links?: readonly { readonly label: string; readonly href: string }[]
}

const navigationOf = ({ label, href, active, links }: NavItem) =>
  links
    ? {
        text: label,
        isActive: active,
        menuLinks: links.map(link => ({ text: link.label, linkProps: { href: link.href } })),
      }
    : { text: label, linkProps: { href }, isActive: active }

export const Header = ({
  nav,
  who,
  onSignOut,
  onFind,
  help,
  bell,
}: {
  nav?: readonly NavItem[]
  who?: { label: string; href: string }
  onSignOut?: () => void
  onFind?: (typed?: string) => void
  /** Where help opens from this page. */
  help: string
  /** How many notifications are not read, up to a hundred, and what shows them. */
  bell?: { unread: number; onOpen: () => void }
}) => {
  const quickAccessItems: HeaderProps.QuickAccessItem[] = [
    { iconId: 'fr-icon-question-line', text: 'Aide', linkProps: { href: help } },
    ...(bell
      ? [
          {
            iconId: 'fr-icon-notification-3-line' as const,
            text: (
              <>
                <span className="cc-bell__word">Notifications</span>
                {bell.unread > 0 && `\u00a0(${bell.unread > 99 ? '99+' : bell.unread})`}
              </>
            ),
            buttonProps: { onClick: bell.onOpen, title: 'Notifications', 'aria-haspopup': 'dialog' as const },
          },
        ]
      : []),
    ...(who
      ? [{ iconId: 'fr-icon-account-circle-line' as const, text: who.label, linkProps: { href: who.href } }]
      : []),
    ...(onSignOut
      ? [{ iconId: 'fr-icon-logout-box-r-line' as const, text: 'Se déconnecter', buttonProps: { onClick: onSignOut } }]
      : []),
  ]
  return (
    <>
      <DsfrHeader
        id="entete"
        disableDisplay
        brandTop={brand}
        homeLinkProps={home}
        serviceTitle={serviceTitle}
        serviceTagline={tagline}
        quickAccessItems={quickAccessItems}
        {...(nav ? { navigation: nav.map(navigationOf) } : {})}
      />
      {onFind && <FindButton onFind={onFind} />}
    </>
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
      { text: 'Aide', linkProps: { href: '/aide' } },
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
