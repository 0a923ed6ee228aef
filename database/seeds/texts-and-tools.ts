/**
 * Invented texts for the demonstration, as the operator would publish them; accepted by everyone who has an account
 * there.
 */
import { createHash } from 'node:crypto'
import type { documentKinds } from '../../contract/agreement/texts.ts'
import { categoriesOf, type Tool } from '../../contract/route.ts'
import { insertAwareness } from '../../server/agreement/awareness/awareness.queries.ts'
import { insertAcceptance, insertDocument } from '../../server/agreement/texts/documents.queries.ts'
import {
  type AnnexEntry,
  insertAnnexEntries,
  insertAnnexVersion,
  insertToolState,
  openTool,
} from '../../server/agreement/tools/annex.queries.ts'
import type { Db } from '../../server/platform/database.ts'
import { uuidv7 } from '../../server/platform/ids.ts'
import { addDays, parisDay } from '../../server/platform/time.ts'

const note = 'Ce texte est inventé pour la démonstration.'
const texts: readonly { kind: (typeof documentKinds)[number]; tool?: Tool; title: string; body: string }[] = [
  {
    kind: 'cgu',
    title: 'Conditions générales d’utilisation du portail',
    body: `# Objet

Le portail donne accès aux outils communs du réseau pour l’emploi. ${note}

# Ce à quoi vous vous engagez

- Employer le portail pour les seules missions que votre structure vous confie.
- Garder pour vous seul vos moyens de connexion, et verrouiller votre poste quand vous le quittez.
- Signaler sans délai un usage que vous ne reconnaissez pas au responsable de gestion de comptes (RGC) de votre structure.

# Durée

Votre accès prend fin avec vos fonctions. **La confidentialité, elle, ne prend jamais fin.**`,
  },
  {
    kind: 'cpu',
    tool: 'campagnes',
    title: 'Conditions particulières de Campagnes coordonnées',
    body: `# Usage

Une campagne sert à coordonner les démarches auprès des employeurs, pour ne solliciter personne deux fois. ${note}

# Ce que vous notez

- Les faits utiles à la relation avec l’employeur, sans jugement sur les personnes.
- Aucune donnée sur les demandeurs d’emploi.`,
  },
  {
    kind: 'cpu',
    tool: 'fiche-etablissement',
    title: 'Conditions particulières de la fiche établissement',
    body: `# Usage

La fiche rassemble ce que le réseau sait d’un établissement. Chaque information garde sa source, son auteur et sa date. ${note}

# Interlocuteurs

Les coordonnées des personnes ne servent qu’à la relation avec leur employeur.`,
  },
  {
    kind: 'cpu',
    tool: 'fiche-recrutement',
    title: 'Conditions particulières de la fiche pratique de recrutement',
    body: `# Usage

La fiche compte les embauches d’un établissement, sans nommer personne. ${note}

# Ce qu’elle ne dit pas

Une déclaration préalable à l’embauche est une intention, pas une embauche.`,
  },
  {
    kind: 'confidentialite',
    title: 'Règles de confidentialité',
    body: `# Ce qui est confidentiel

Tout ce que vous apprenez des entreprises et des personnes par les outils communs, quel qu’en soit le support. ${note}

# Pour toujours

L’obligation continue après la fin de vos fonctions et après la fin de la convention.`,
  },
  {
    kind: 'securite',
    title: 'Règles de sécurité',
    body: `# Au quotidien

- Deux facteurs à chaque connexion, jamais prêtés.
- Pas de copie des données hors des outils.
- Une sensibilisation à la sécurité chaque année.

${note}`,
  },
]
export const annex: readonly AnnexEntry[] = [
  {
    tool: 'campagnes',
    categories: categoriesOf.campagnes,
    purpose: 'Préparer et suivre à plusieurs structures les démarches auprès des employeurs d’un territoire.',
    dataCategories: ['Établissements visés', 'Échanges avec les employeurs', 'Prochaines actions', 'Besoins exprimés'],
    commitments: 'Ouvert tous les jours ; les interruptions prévues sont annoncées.',
    documentationUrl: null,
  },
  {
    tool: 'fiche-etablissement',
    categories: categoriesOf['fiche-etablissement'],
    purpose: 'Réunir ce que le réseau sait d’un établissement, avec la source et la date de chaque information.',
    dataCategories: [
      'Identité de l’établissement',
      'Interlocuteurs',
      'Historique de la relation',
      'Services de l’opérateur utilisés',
    ],
    commitments: 'Ouvert tous les jours ; le répertoire est mis à jour chaque jour ouvré.',
    documentationUrl: null,
  },
  {
    tool: 'fiche-recrutement',
    categories: categoriesOf['fiche-recrutement'],
    purpose:
      'Lire les embauches récentes d’un établissement, en nombres et sans nommer personne, et les services utilisés.',
    dataCategories: ['Embauches déclarées, par mois et par type de contrat', 'Services de l’opérateur utilisés'],
    commitments: 'Ouvert tous les jours.',
    documentationUrl: null,
  },
]

export const layTextsAndTools = async (
  db: Db,
  accounts: readonly { readonly id: string; readonly organisationId: string }[],
  administratorId: string,
  { from, now }: { from: Date; now: Date },
) => {
  for (const { kind, tool = null, title, body } of texts) {
    const id = uuidv7()
    const hash = createHash('sha256').update(body).digest('hex')
    await insertDocument(db, {
      id,
      kind,
      tool,
      version: 1,
      title,
      body,
      hash,
      inForceFrom: from,
      publishedBy: administratorId,
      publishedAt: from,
    })
    for (const account of accounts)
      await insertAcceptance(db, {
        accountId: account.id,
        organisationId: account.organisationId,
        documentId: id,
        hash,
        acceptedAt: from,
      })
  }
  const versionId = uuidv7()
  await insertAnnexVersion(db, {
    id: versionId,
    number: 1,
    note: 'Première version',
    inForceFrom: from,
    publishedBy: administratorId,
    publishedAt: from,
  })
  await insertAnnexEntries(db, versionId, annex)
  for (const { tool } of annex) await openTool(db, tool, from)
  for (const { tool } of annex)
    await insertToolState(db, {
      id: uuidv7(),
      tool,
      state: 'disponible',
      message: '',
      recordedBy: administratorId,
      recordedAt: from,
    })
  await insertAwareness(
    db,
    accounts.map(account => ({
      id: uuidv7(),
      accountId: account.id,
      organisationId: account.organisationId,
      doneOn: addDays(parisDay(now), -90),
      modality: 'reunion',
      title: 'Sensibilisation à la sécurité',
      minutes: 45,
      recordedBy: administratorId,
      recordedAt: now,
    })),
  )
}
