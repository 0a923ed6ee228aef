import type { PageRoute } from '../../platform/routes.ts'

export const routes: readonly PageRoute[] = [
  { path: '/connexion/mot-de-passe', page: () => import('./password-sign-in.page.tsx'), access: 'public' },
  { path: '/connexion/mot-de-passe-oublie', page: () => import('./forgotten-password.page.tsx'), access: 'public' },
  { path: '/connexion/choisir-mot-de-passe', page: () => import('./choose-password.page.tsx'), access: 'public' },
]
