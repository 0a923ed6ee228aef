import type { Static } from 'typebox'
import type { ThirdParty } from '../../../contract/people-and-rights/organisations.ts'
import type { Notice } from '../../notifications/tell.ts'
import { dayInFigures } from '../../platform/french.ts'

/** What an agency serves decides what its grants open; null: it is just declared, and has none. */
export const widenedNotice = (
  agencyId: string,
  organisation: string,
  added: readonly string[],
  grants: number | null,
): Notice => ({
  kind: 'agency-widened',
  subject:
    grants === null ? 'Une agence est déclarée sur un vaste territoire' : 'Une agence sert de nouveaux territoires',
  path: { partenaire: '/habilitations/structure', operateur: '/' },
  about: ['agency', agencyId],
  text:
    grants === null
      ? `Dans la structure ${organisation}, une agence vient d’être déclarée, qui sert : ${added.join(', ')}.\n\nUne habilitation sur cette agence n’ouvrira rien tant qu’une seconde personne de la structure ne l’aura pas confirmée.`
      : `Dans la structure ${organisation}, une agence sert désormais aussi : ${added.join(', ')}.\n\nHabilitations qui portent sur cette agence, et qui s’étendent avec elle : ${grants}.`,
})

const kinds = { delegate: 'un délégataire', contractor: 'un prestataire' }
const capacities = { processor: 'sous-traitant', 'joint-controller': 'responsable conjoint du traitement' }
/** Article 6: the operator knows who else handles the data, and under what capacity; the name is a company's. */
export const thirdPartyNotice = (
  { id, kind, name, capacity, startsOn, endsOn }: Static<typeof ThirdParty>,
  organisation: string,
  declared: boolean,
): Notice => ({
  kind: 'third-party-declared',
  subject: declared
    ? `Un partenaire déclare ${kinds[kind]}`
    : `Un partenaire change ce qu’il a déclaré d’${kinds[kind]}`,
  path: { partenaire: '/habilitations/structure', operateur: '/' },
  about: ['third-party', id],
  text: `La structure ${organisation} ${declared ? `déclare ${kinds[kind]}` : `a modifié ce qu’elle a déclaré d’${kinds[kind]}`} qui intervient pour elle : ${name}, ${capacities[capacity]}, du ${dayInFigures(startsOn)}${endsOn ? ` au ${dayInFigures(endsOn)}` : ', sans date de fin'}.\n\nElle atteste qu’il est tenu à des obligations au moins égales à celles de la convention (article 6), et dit où l’acte est gardé. Les comptes de ses agents sont ouverts par le responsable de gestion de comptes (RGC) de la structure.`,
})
