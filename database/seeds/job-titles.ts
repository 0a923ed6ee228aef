import type pg from 'pg'
import { saveJobTitles } from '../../server/work-with-employers/needs/job-titles.queries.ts'
import { searched } from '../../server/work-with-employers/needs/needs.queries.ts'

/** Some appellations of the ROME (France Travail, Licence Ouverte 2.0), by hand: an installation imports them all. */
const titles: readonly (readonly [code: string, label: string, rome: string])[] = [
  ['11573', 'Boulanger / Boulangère', 'D1102'],
  ['17576', 'Pâtissier / Pâtissière', 'D1104'],
  ['13861', 'Cuisinier / Cuisinière', 'G1609'],
  ['19427', 'Serveur / Serveuse de restaurant', 'G1803'],
  ['16250', 'Maçon / Maçonne', 'F1703'],
  ['17837', 'Plombier / Plombière', 'F1603'],
  ['16611', 'Menuisier / Menuisière', 'H2206'],
  ['17619', 'Peintre en bâtiment', 'F1606'],
  ['13822', 'Couvreur / Couvreuse', 'F1619'],
  ['404475', 'Soudeur / Soudeuse', 'H2913'],
  ['11971', 'Chaudronnier / Chaudronnière', 'H2902'],
  ['17993', 'Préparateur / Préparatrice de commandes', 'N1103'],
  ['11679', 'Cariste', 'N1101'],
  ['16276', 'Magasinier / Magasinière', 'N1110'],
  ['13132', 'Conducteur / Conductrice de poids lourd', 'N4101'],
  ['10891', 'Aide-soignant / Aide-soignante', 'J1501'],
  ['15556', 'Infirmier / Infirmière scolaire', 'J1511'],
  ['11453', 'Auxiliaire de vie', 'K1311'],
  ['10805', 'Aide à domicile', 'K1304'],
  ['11304', 'Assistant maternel / Assistante maternelle', 'K1310'],
  ['10660', 'Agent / Agente d’entreposage', 'N1115'],
  ['20539', 'Vendeur / Vendeuse en alimentation animale', 'D1210'],
  ['11640', 'Caissier / Caissière', 'D1505'],
  ['12786', 'Comptable', 'M1203'],
  ['19364', 'Secrétaire', 'M1607'],
  ['11210', 'Assistant commercial / Assistante commerciale', 'D1401'],
  ['17498', 'Ouvrier / Ouvrière en viticulture', 'A1418'],
  ['16299', 'Maître / Maîtresse de chai', 'A1446'],
  ['20404', 'Tractoriste agricole', 'A1101'],
  ['16067', 'Jardinier / Jardinière', 'A1208'],
  ['19873', 'Technicien / Technicienne de maintenance radar', 'I1305'],
  ['14156', 'Développeur / Développeuse web', 'M1855'],
  ['16446', 'Mécanicien / Mécanicienne automobile', 'I1604'],
  ['12688', 'Coiffeur / Coiffeuse', 'D1202'],
  ['11564', 'Boucher / Bouchère', 'D1101'],
  ['11690', 'Carreleur / Carreleuse', 'F1608'],
  ['17828', 'Plâtrier / Plâtrière', 'F1601'],
  ['10969', 'Animateur / Animatrice 2D', 'E1205'],
  ['489141', 'Réceptionniste', 'G1703'],
  ['13436', 'Conseiller / Conseillère en insertion professionnelle', 'K1801'],
  ['10599', 'Agent / Agente de sécurité', 'K2503'],
  ['20309', 'Terrassier / Terrassière', 'F1704'],
  ['15432', 'Grutier / Grutière', 'F1301'],
  ['20497', 'Usineur / Usineuse', 'H2903'],
]

export const layJobTitles = (owner: pg.Client) =>
  saveJobTitles(
    owner,
    titles.map(([code, label, rome]) => ({ code, label, rome, words: searched(label) })),
  )
