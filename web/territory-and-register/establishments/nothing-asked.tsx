import { useMe } from '../../platform/session.ts'
import { Button, ButtonRow, Empty } from '../../ui/index.ts'
import { territoryName } from '../territories/words.ts'
import { toBox } from './search-facets.ts'
import type { Write } from './search-filters.tsx'

const useOwnTerritories = () => {
  const { rights } = useMe()
  return [...new Map(rights.map(({ territory }) => [territory.id, territory])).values()]
    .filter(({ kind }) => kind !== 'national')
    .slice(0, 3)
}

/** Before anything is asked. */
export const Nothing = () => {
  const mine = useOwnTerritories()
  return (
    <Empty
      title="Quel employeur cherchez-vous ?"
      {...(mine.length
        ? {
            action: (
              <ButtonRow>
                {mine.map(territory => (
                  <Button
                    key={territory.id}
                    priority="secondary"
                    href={`/etablissements?territoire=${territory.id}&employeur=oui`}
                  >{`Parcourir les employeurs : ${territoryName(territory)}`}</Button>
                ))}
              </ButtonRow>
            ),
          }
        : {})}
    >
      <p className="fr-mb-1v">Écrivez ci-dessus, par exemple :</p>
      <ul className="fr-mb-0">
        <li>
          un nom ou une enseigne, même incomplets : <em>menuiserie garonne</em> ;
        </li>
        <li>
          un métier et une commune : <em>boulangerie cestas</em> ;
        </li>
        <li>un SIRET ou un SIREN, avec ou sans espaces.</li>
      </ul>
    </Empty>
  )
}

/** Filters alone would read the whole country: they wait for words or a territory, and stay. */
export const FiltersAlone = ({ write }: { write: Write }) => {
  const mine = useOwnTerritories()
  return (
    <Empty
      title="Dans quel territoire ?"
      {...(mine.length
        ? {
            action: (
              <ButtonRow>
                {mine.map(territory => (
                  <Button
                    key={territory.id}
                    priority="secondary"
                    onClick={() => {
                      write({ territoire: String(territory.id) })
                      toBox() // the button goes away
                    }}
                  >
                    {territoryName(territory)}
                  </Button>
                ))}
              </ButtonRow>
            ),
          }
        : {})}
    >
      Vos filtres sont gardés. Choisissez aussi un territoire, ou écrivez un nom ci-dessus.
    </Empty>
  )
}
