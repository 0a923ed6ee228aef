import type { PageRoute } from '../platform/routes.ts'

export const routes: readonly PageRoute[] = [
  { path: '/connexion', page: () => import('./sign-in.page.tsx'), access: 'public' },
  { path: '/connexion/mot-de-passe', page: () => import('./password-sign-in.page.tsx'), access: 'public' },
  { path: '/connexion/mot-de-passe-oublie', page: () => import('./forgotten-password.page.tsx'), access: 'public' },
  { path: '/connexion/choisir-mot-de-passe', page: () => import('./choose-password.page.tsx'), access: 'public' },
  { path: '/connexion/invitation', page: () => import('./invitation.page.tsx'), access: 'public' },
  { path: '/connexion/second-facteur', page: () => import('./second-factor.page.tsx'), access: 'identified' },
  { path: '/connexion/sans-compte', page: () => import('./no-account.page.tsx'), access: 'public' },
  { path: '/connexion/erreur', page: () => import('./sign-in-error.page.tsx'), access: 'public' },
  { path: '/connexion/revenir', page: () => import('./come-back.page.tsx'), access: 'public' },
  { path: '/administration/connexion', page: () => import('./sign-in-rules.page.tsx') },
  { path: '/personnes/$accountId/connexion', page: () => import('./sign-in-help.page.tsx') },
  { path: '/mon-compte', page: () => import('./account.page.tsx') },
]
