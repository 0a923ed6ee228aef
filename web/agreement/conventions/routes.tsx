import type { PageRoute } from '../../platform/routes.ts'

const draft = () => import('./draft.page.tsx')

export const routes: readonly PageRoute[] = [
  { path: '/conventions', page: () => import('./conventions.page.tsx') },
  { path: '/conventions/nouvelle', page: draft },
  { path: '/conventions/modele', page: () => import('./template.page.tsx') },
  { path: '/conventions/$conventionId', page: () => import('./convention.page.tsx') },
  { path: '/conventions/$conventionId/projet', page: draft },
  { path: '/conventions/$conventionId/texte', page: () => import('./text.page.tsx') },
]
