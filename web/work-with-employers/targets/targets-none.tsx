import { Button, Empty } from '../../ui/index.ts'
import type { Campaign } from '../campaigns/words.ts'
import { useTargetFilter } from './targets-filter.ts'

export const NoTarget = ({ campaign }: { campaign: Campaign }) => {
  const { filter, filtered, clear } = useTargetFilter()
  return filtered ? (
    <Empty
      title="Aucune cible ne correspond"
      action={
        <Button size="small" priority="secondary" onClick={clear}>
          Voir toutes les cibles
        </Button>
      }
    >
      {filter.mine
        ? 'Vous ne vous occupez d’aucune cible ainsi filtrée. Choisissez « Je m’en occupe » sur celles que vous prenez.'
        : 'Élargissez les filtres.'}
    </Empty>
  ) : (
    <Empty title="Aucune cible">
      {campaign.allowed.includes('edit')
        ? 'Reprenez la préparation pour choisir des établissements.'
        : 'Les établissements à contacter seront indiqués ici.'}
    </Empty>
  )
}
