import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Outlet, useMatches } from '@tanstack/react-router'
import { type ComponentType, type ReactNode, useEffect, useRef, useState } from 'react'
import { reachable, working } from '../platform/api.ts'
import { useGo } from '../platform/navigation.ts'
import { asProblem, isPassing } from '../platform/problem.ts'
import { askProof } from '../platform/proof.ts'
import type { Access } from '../platform/routes.ts'
import { meQuery, safeReturn, signOut } from '../platform/session.ts'
import { useShortcut } from '../platform/shortcuts.ts'
import { version } from '../platform/version.ts'
import { helpAddress } from '../service-pages/help-address.ts'
import { ProofDialog } from '../signing-in/identity/proof-dialog.tsx'
import { Footer, Header, Skip } from '../ui/frame.tsx'
import { Announcer, announce, FormDrafts, Notice, RefusalPage, Skeleton, Toaster } from '../ui/index.ts'
import { formDrafts } from '../work-with-employers/drafts/form-drafts.ts'
import { usePinnedViews } from '../work-with-employers/saved-views/views.ts'
import { pagesOf } from './pages.ts'
import { SearchPalette } from './search-palette.tsx'

/** Over any page, its code fetched when it is first asked for. */
type Over = ComponentType<{ onClose: () => void }>
const overs = {
  notifications: () => import('../notifications/panel.tsx').then(m => m.NotificationsPanel),
  display: () => import('../ui/display.tsx').then(m => m.DisplaySettings),
  shortcuts: () => import('./shortcuts-dialog.tsx').then(m => m.ShortcutsDialog),
} satisfies Record<string, () => Promise<Over>>

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
  const [Over, setOver] = useState<Over>()
  const open = (over: keyof typeof overs) =>
    void overs[over]().then(
      found => setOver(() => found),
      () => announce('Connexion perdue. Réessayez dans un instant.'),
    )
  useShortcut('help', () => open('shortcuts'))
  // What was typed on the header's field opens the search; undefined, it is closed.
  const [searching, setSearching] = useState<string>()
  useShortcut('search', () => setSearching(''), { enabled: me.data?.session.state === 'active' })

  const signedIn = me.data && me.data.session.state !== 'second-factor-required' ? me.data : undefined
  const pinned = usePinnedViews(signedIn?.session.state === 'active')
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
        help={helpAddress(pathname, signedIn)}
        {...(signedIn
          ? {
              nav: [
                ...pagesOf(signedIn),
                ...(pinned.length ? [{ label: 'Mes vues', href: '', links: pinned }] : []),
              ].map(item => ({
                ...item,
                active:
                  item.href === '/' ? pathname === '/' : pathname === item.href || pathname.startsWith(`${item.href}/`),
              })),
              who: {
                label: `${signedIn.account.givenName} ${signedIn.account.familyName} · ${signedIn.organisation.name}`,
                href: '/mon-compte',
              },
              ...(signedIn.session.state === 'active'
                ? {
                    onFind: (typed = '') => setSearching(typed),
                    bell: { unread: signedIn.unread, onOpen: () => open('notifications') },
                  }
                : {}),
            }
          : {})}
        {...(me.data ? { onSignOut: () => void signOut().catch(error => announce(asProblem(error).detail)) } : {})}
      />
      <main id="contenu" tabIndex={-1}>
        <NetworkBanner />
        <div key={pathname}>
          <Gate access={access} pathname={pathname}>
            <FormDrafts value={formDrafts}>
              <Outlet />
            </FormDrafts>
          </Gate>
        </div>
      </main>
      <Footer onDisplay={() => open('display')} version={version} />
      <Announcer />
      <Toaster />
      <ProofDialog />
      {searching !== undefined && me.data && (
        <SearchPalette
          me={me.data}
          pages={pagesOf(me.data)}
          begun={searching}
          onClose={() => setSearching(undefined)}
        />
      )}
      {Over && <Over onClose={() => setOver(undefined)} />}
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
