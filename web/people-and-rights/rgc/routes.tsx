import type { PageRoute } from '../../platform/routes.ts'

export const routes: readonly PageRoute[] = [
  { path: '/responsables-de-comptes', page: () => import('./rgc.page.tsx') },
  { path: '/responsables-de-comptes/proposer', page: () => import('./propose.page.tsx') },
  { path: '/responsables-de-comptes/acte-recu', page: () => import('./enter-regional-deed.page.tsx') },
  { path: '/securite/rgc/acte-recu', page: () => import('./enter-deed.page.tsx') },
  { path: '/securite/rgc', page: () => import('./deeds.page.tsx') },
]
