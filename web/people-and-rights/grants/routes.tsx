import type { PageRoute } from '../../platform/routes.ts'

export const routes: readonly PageRoute[] = [
  { path: '/habilitations/demandes', page: () => import('./requests.page.tsx') },
  { path: '/habilitations/acces', page: () => import('./access.page.tsx') },
  { path: '/demander-un-acces', page: () => import('./ask.page.tsx') },
]
