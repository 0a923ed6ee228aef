import type { PageRoute } from '../../platform/routes.ts'

export const routes: readonly PageRoute[] = [
  { path: '/connexion', page: () => import('./sign-in.page.tsx'), access: 'public' },
  { path: '/connexion/structure', page: () => import('./structure.page.tsx'), access: 'public' },
  { path: '/connexion/second-facteur', page: () => import('./second-factor.page.tsx'), access: 'identified' },
  { path: '/connexion/sans-compte', page: () => import('./no-account.page.tsx'), access: 'public' },
  { path: '/connexion/erreur', page: () => import('./sign-in-error.page.tsx'), access: 'public' },
  { path: '/connexion/revenir', page: () => import('./come-back.page.tsx'), access: 'public' },
  { path: '/mon-compte', page: () => import('./account.page.tsx') },
]
