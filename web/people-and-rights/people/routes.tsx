import type { PageRoute } from '../../platform/routes.ts'

export const routes: readonly PageRoute[] = [
  { path: '/habilitations', page: () => import('./home.page.tsx') },
  { path: '/habilitations/personnes', page: () => import('./people.page.tsx') },
  { path: '/habilitations/personnes/nouvelle', page: () => import('./new-person.page.tsx') },
  { path: '/habilitations/personnes/$accountId', page: () => import('./person.page.tsx') },
  { path: '/habilitations/fichier', page: () => import('./file.page.tsx') },
]
