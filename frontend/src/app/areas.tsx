import {
  BarChartOutlined, CalculatorOutlined, DatabaseOutlined, FormOutlined, HomeOutlined, SettingOutlined,
} from '@ant-design/icons'
import type { ReactNode } from 'react'
import type { Right } from '../api/types.ts'

export type AreaPage = { key: string; path: string; right: Right | null }
export type Area = { key: string; icon: ReactNode; pages: readonly AreaPage[] }

/** The left rail: the loop, and only the areas that are built. Names stand in the copy under `areas`. */
export const AREAS: readonly Area[] = [
  { key: 'home', icon: <HomeOutlined />, pages: [{ key: 'home', path: '/', right: null }] },
  { key: 'collect', icon: <FormOutlined />, pages: [{ key: 'surveys', path: '/surveys', right: 'see_scores' }] },
  { key: 'data', icon: <DatabaseOutlined />, pages: [{ key: 'datasets', path: '/datasets', right: 'see_scores' }, { key: 'models', path: '/models', right: 'see_scores' }, { key: 'calendar', path: '/calendar', right: 'see_scores' }] },
  { key: 'measure', icon: <CalculatorOutlined />, pages: [{ key: 'metrics', path: '/metrics', right: 'see_scores' }] },
  {
    key: 'analyse', icon: <BarChartOutlined />,
    pages: [
      { key: 'report', path: '/report', right: 'see_scores' },
      { key: 'explore', path: '/explore', right: 'see_scores' },
      { key: 'boards', path: '/boards', right: 'see_scores' },
      { key: 'ask', path: '/ask', right: 'see_scores' },
      { key: 'why', path: '/why', right: 'see_scores' },
      { key: 'operations', path: '/operations', right: 'see_scores' },
      { key: 'drivers', path: '/drivers', right: 'see_scores' },
      { key: 'customers', path: '/customers', right: 'see_customers' },
      { key: 'clients', path: '/clients', right: 'see_customers' },
    ],
  },
  {
    key: 'settings', icon: <SettingOutlined />,
    pages: [
      { key: 'people', path: '/settings/people', right: 'manage_people' },
      { key: 'units', path: '/settings/units', right: 'manage_people' },
      { key: 'rules', path: '/settings/row-rules', right: 'manage_people' },
      { key: 'links', path: '/settings/share-links', right: 'share' },
      { key: 'tokens', path: '/settings/tokens', right: 'manage_own' },
      { key: 'jobs', path: '/settings/jobs', right: 'manage_jobs' },
      { key: 'audit', path: '/settings/audit', right: 'see_audit' },
      { key: 'sending', path: '/settings/sending', right: 'send_surveys' },
      { key: 'system', path: '/settings/system', right: 'manage_settings' },
    ],
  },
]

export function areasFor(may: (right: Right) => boolean): Area[] {
  return AREAS.map((area) => ({ ...area, pages: area.pages.filter(({ right }) => right === null || may(right)) })).filter(
    ({ pages }) => pages.length > 0,
  )
}
