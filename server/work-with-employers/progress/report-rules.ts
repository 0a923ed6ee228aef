import { dayInWords } from '../../platform/french.ts'
import { sectionsOf, stepOf } from './report-sections-rules.ts'
import type { Report, ReportSource } from './report-shape.ts'
import { clock, count, list, NB, number, purposes, share, statuses } from './report-words.ts'

/** The report of a campaign for its task force: the figures of its progress page, and nothing about an advisor. */
export const reportOf = (source: ReportSource): Report => {
  const { campaign, progress, asker, now, today } = source
  const { targets, contacted, byOrganisation } = progress
  const at = `${dayInWords(today)} à ${clock.format(now).replace(':', `${NB}h${NB}`)}`
  return {
    title: `Rapport de campagne : ${campaign.name}`,
    author: 'Campagnes coordonnées',
    above: 'Réseau pour l’emploi · Campagnes coordonnées',
    lead: `${count(contacted, 'établissement contacté', 'établissements contactés')} sur ${number(targets)} (${share(contacted, targets)}), ${count(stepOf(progress, 'meeting'), 'rendez-vous pris', 'rendez-vous pris')}, ${count(stepOf(progress, 'need'), 'besoin détecté', 'besoins détectés')}.`,
    footer: `${campaign.name} · rapport du ${at}, demandé par ${asker.name} (${asker.organisation})`,
    facts: [
      ['Objet', `${purposes[campaign.purpose]}${campaign.description ? ` — ${campaign.description}` : ''}`],
      ['Territoire', campaign.territory.name],
      [
        'Période',
        `du ${dayInWords(campaign.startsOn)} au ${dayInWords(campaign.endsOn)}, campagne ${statuses[campaign.status]}`,
      ],
      ['Structure pilote', campaign.pilot.name],
      ['Structures membres', list.format(byOrganisation.map(one => one.organisation.name))],
      [
        'Chiffres arrêtés',
        `le ${at}, dans la limite des droits de la personne qui a demandé ce rapport : ${asker.name} (${asker.organisation})`,
      ],
    ],
    sections: sectionsOf(source),
  }
}
