import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Outlet, useMatches } from '@tanstack/react-router'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { reachable, working } from '../platform/api.ts'
import { useGo } from '../platform/navigation.ts'
import { asProblem, isPassing } from '../platform/problem.ts'
import { askProof } from '../platform/proof.ts'
import type { Access } from '../platform/routes.ts'
import { holds, type Me, meQuery, safeReturn, signOut } from '../platform/session.ts'
import { useShortcut } from '../platform/shortcuts.ts'
import { version } from '../platform/version.ts'
import { ProofDialog } from '../signing-in/identity/proof-dialog.tsx'
import { SearchPalette } from '../territory-and-register/establishments/search-palette.tsx'
import { DisplaySettings } from '../ui/display.tsx'
import { Footer, Header, Skip } from '../ui/frame.tsx'
import { Announcer, announce, Notice, RefusalPage, Skeleton, Toaster } from '../ui/index.ts'
import { ShortcutsDialog } from './shortcuts-dialog.tsx'

// A page that would only be refused has no entry: the first page says which tools are open to whom, and why not.
const nav: readonly { readonly label: string; readonly href: string; readonly serves?: (me: Me) => boolean }[] = [
  { label: 'Accueil', href: '/' },
  { label: 'Établissements', href: '/etablissements', serves: me => holds(me, 'fiche-etablissement') },
  { label: 'Campagnes', href: '/campagnes', serves: me => holds(me, 'campagnes') },
  { label: 'Portefeuille', href: '/portefeuille', serves: me => holds(me, 'campagnes', 'conseiller') },
  { label: 'Indicateurs', href: '/indicateurs', serves: me => holds(me, 'campagnes') },
  { label: 'Territoires', href: '/territoires' },
  {
    label: 'Habilitations',
    href: '/habilitations',
    serves: ({ roles }) => roles.some(r => ['rgc', 'signataire'].includes(r)),
  },
  {
    label: 'Revue des accès',
    href: '/revues',
    serves: ({ roles }) =>
      roles.some(r => ['rgc', 'signataire', 'cssi', 'administrateur', 'direction-regionale'].includes(r)),
  },
  { label: 'Conventions', href: '/conventions', serves: ({ roles }) => roles.some(r => r !== 'support') },
  { label: 'Sécurité', href: '/securite', serves: ({ roles }) => roles.includes('cssi') },
  {
    label: 'Moyens de connexion',
    href: '/administration/connexion',
    serves: ({ roles }) => roles.includes('administrateur'),
  },
  { label: 'Journal', href: '/journal', serves: ({ roles }) => roles.some(r => ['rgc', 'cssi'].includes(r)) },
  { label: 'Mon compte', href: '/mon-compte' },
]
const pagesOf = (me: Me) => nav.filter(({ serves }) => !serves || serves(me))

/** The frame around every page, and the gate in front of it. */
export const Shell = () => {
  // The address of the page drawn, not of the one being fetched: the header and the page change together.
  const { pathname, access } = useMatches({
    select: matches => ({
      pathname: matches.at(-1)?.pathname ?? '/',
      access: matches.at(-1)?.staticData.access ?? ('public' as Access),
    }),
  })
  const me = useQuery({ ...meQuery, refetchInterval: 60_000 })
  const go = useGo()
  const [help, setHelp] = useState(false)
  const [display, setDisplay] = useState(false)
  useShortcut('help', () => setHelp(true))
  const [searching, setSearching] = useState(false)
  useShortcut('search', () => setSearching(true), { enabled: me.data?.session.state === 'active' })

  const signedIn = me.data && me.data.session.state !== 'second-factor-required' ? me.data : undefined
  return (
    <>
      <Skip
        links={[
          { label: 'Contenu', anchor: '#contenu' },
          ...(signedIn ? [{ label: 'Menu', anchor: '#entete-main-navigation' }] : []),
          { label: 'Pied de page', anchor: '#pied-de-page' },
        ]}
      />
      <Header
        {...(signedIn
          ? {
              nav: pagesOf(signedIn).map(item => ({
                ...item,
                active:
                  item.href === '/' ? pathname === '/' : pathname === item.href || pathname.startsWith(`${item.href}/`),
              })),
              who: {
                label: `${signedIn.account.givenName} ${signedIn.account.familyName} · ${signedIn.organisation.name}`,
                href: '/mon-compte',
              },
              ...(holds(signedIn, 'fiche-etablissement')
                ? { onSearch: (words: string) => go(`/etablissements?q=${encodeURIComponent(words)}`) }
                : {}),
            }
          : {})}
        {...(me.data ? { onSignOut: () => void signOut().catch(error => announce(asProblem(error).detail)) } : {})}
      />
      <main id="contenu" tabIndex={-1}>
        <NetworkBanner />
        <div key={pathname}>
          <Gate access={access} pathname={pathname}>
            <Outlet />
          </Gate>
        </div>
      </main>
      <Footer onDisplay={() => setDisplay(true)} version={version} />
      <Announcer />
      <Toaster />
      <ProofDialog />
      {searching && me.data && (
        <SearchPalette me={me.data} pages={pagesOf(me.data)} onClose={() => setSearching(false)} />
      )}
      {help && <ShortcutsDialog onClose={() => setHelp(false)} />}
      {display && <DisplaySettings onClose={() => setDisplay(false)} />}
    </>
  )
}

const NetworkBanner = () => {
  const up = reachable.use()
  useEffect(() => {
    if (up) return
    announce('Connexion perdue. Nouvel essai automatique.')
    return () => announce('Connexion rétablie.')
  }, [up])
  if (up) return null
  return (
    <div className="fr-container fr-pt-2w">
      <Notice tone="warning" title="Connexion perdue">
        Nouvel essai automatique. Vous pouvez continuer à lire et à saisir sur cette page : rien n’est perdu.
      </Notice>
    </div>
  )
}

/** Open without the conditions accepted: what they say, one's rights, the portal, the academy, the support. */
const openWithoutConditions =
  /^\/(conditions|textes|outils|mes-droits|mon-compte|academie|assistance|aide|connexion)(\/|$)/

/**
 * Only a courtesy: the server decides at each call. A page is drawn once the person is known, so none flashes before
 * the sign-in page.
 */
const Gate = ({ access, pathname, children }: { access: Access; pathname: string; children: ReactNode }) => {
  const me = useQuery(meQuery)
  const queries = useQueryClient()
  const go = useGo()
  const state = me.data?.session.state
  const code = me.error ? asProblem(me.error).code : undefined
  // Ask at the door of a page, not over work in hand. The next refusal tells of a text published meanwhile.
  const drawn = useRef(false)
  const held =
    !drawn.current &&
    access === 'signed-in' &&
    state === 'active' &&
    me.data!.missing.some(m => m.code === 'conditions/to-accept') &&
    !openWithoutConditions.test(pathname)

  useEffect(() => {
    if (access === 'public') return
    // Keep a page with work on it when its session expires: the next call renews the session over the page.
    if (code === 'session/required' && !working.get())
      go(`/connexion?retour=${encodeURIComponent(safeReturn(pathname))}`, { replace: true })
    if (state === 'second-factor-required' && access === 'signed-in')
      go(`/connexion/second-facteur?retour=${encodeURIComponent(safeReturn(pathname))}`, { replace: true })
    if (held) go(`/conditions?retour=${encodeURIComponent(safeReturn(pathname))}`, { replace: true })
  }, [access, code, state, held, pathname, go])
  useEffect(() => {
    if (access !== 'public' && state === 'locked') void askProof('locked').then(() => queries.invalidateQueries())
    if (access !== 'public' && code === 'session/required' && working.get())
      void askProof('expired').then(() => queries.invalidateQueries())
  }, [access, state, code, queries])
  useEffect(() => {
    if (state === 'active') working.set(true)
    if (state === 'active' && !held) drawn.current = true
  }, [state, held])

  if (access === 'public') return children
  if (held)
    return (
      <div className="fr-container cc-page">
        <Skeleton lines={8} />
      </div>
    )
  if (me.data && (access === 'identified' || state === 'active' || (state === 'locked' && working.get())))
    return children
  if (me.isError && code !== 'session/required' && !isPassing(me.error))
    return <RefusalPage key={pathname} problem={asProblem(me.error)} retry={() => void me.refetch()} />
  return (
    <div className="fr-container cc-page">
      <Skeleton lines={8} />
    </div>
  )
}
