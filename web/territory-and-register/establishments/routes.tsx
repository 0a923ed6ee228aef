import type { PageRoute } from '../../platform/routes.ts'
import { beginBeforeContact } from '../../work-with-employers/exchanges/queries.ts'
import { beginCard } from './queries.ts'

export const routes: readonly PageRoute[] = [
  { path: '/etablissements', page: () => import('./search.page.tsx') },
  { path: '/etablissements/fiche-provisoire', page: () => import('./provisional.page.tsx') },
  {
    path: '/etablissements/$siret',
    page: () => import('./card.page.tsx'),
    ahead: ({ siret = '' }) => {
      if (/^\d{14}$/.test(siret)) {
        beginCard(siret)
        beginBeforeContact(siret)
      }
    },
  },
]
