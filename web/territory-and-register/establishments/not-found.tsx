import { formatSiret } from '../../platform/format.ts'
import { Button, ButtonRow, Empty } from '../../ui/index.ts'
import { type Filters, filterNames, isNumber, noFilter } from './search-address.ts'
import type { Write } from './search-filters.tsx'

/**
 * The service says « Nom, enseigne, adresse ou commune : boulangerie », or what it read instead; numbers are spaced for
 * the eye.
 */
export const understoodWords = (understood: string) => understood.replace(/\d{14}/, formatSiret)

export const NotFound = ({ filters, understood, write }: { filters: Filters; understood: string; write: Write }) => {
  const narrowed = filterNames.some(name => name !== 'etat' && filters[name])
  const open = !filters.etat && !!filters.q && !isNumber(filters.q)
  return (
    <Empty
      title={`Aucun établissement pour cette recherche (${understoodWords(understood)})`}
      action={
        (narrowed || open) && (
          <ButtonRow>
            {narrowed && (
              <Button priority="secondary" onClick={() => write(noFilter)}>
                Chercher sans les filtres
              </Button>
            )}
            {open && (
              <Button priority="secondary" onClick={() => write({ etat: 'tous' })}>
                Chercher aussi parmi les fermés
              </Button>
            )}
          </ButtonRow>
        )
      }
    >
      <p className="fr-mb-1v">À essayer :</p>
      <ul className="fr-mb-0">
        {isNumber(filters.q ?? '') ? (
          <li>vérifier le numéro : un SIRET compte 14 chiffres, un SIREN 9 ;</li>
        ) : (
          <>
            <li>moins de mots, ou un seul mot du nom ;</li>
            <li>le nom inscrit au registre plutôt que celui d’usage, ou l’inverse ;</li>
            <li>le SIRET, s’il figure sur un courrier ou un site de l’entreprise ;</li>
          </>
        )}
        <li>une entreprise créée il y a peu n’est pas encore au registre importé ici ;</li>
        <li>une personne qui a refusé la diffusion de son nom ne se trouve que par son SIRET.</li>
      </ul>
    </Empty>
  )
}
