import { theme, type ThemeConfig } from 'antd'
import type { Look } from './kept.ts'

/** The same colours as in the reports (`report/palette.py`), light and dark. */
const COLOURS = {
  light: {
    colorPrimary: '#3B5BDB', colorInfo: '#3B5BDB', colorLink: '#3B5BDB', colorSuccess: '#0F7B75',
    colorError: '#C8453B', colorWarning: '#8A5A00', colorWarningBg: '#FFF7E3', colorWarningBorder: '#E3C88E', colorTextBase: '#1F2329', colorBgBase: '#FFFFFF',
    colorText: '#1F2329', colorTextSecondary: '#5C626B', colorTextTertiary: '#5C626B',
    colorTextDescription: '#5C626B', colorTextPlaceholder: '#666C75',
    colorBgLayout: '#F6F7F9', colorBgContainer: '#FFFFFF', colorBorder: '#C9CED6',
    colorBorderSecondary: '#E3E6EB', colorSplit: '#E3E6EB',
    colorPrimaryHover: '#2F4AC0', colorLinkHover: '#2F4AC0', colorErrorHover: '#A8362D', // lighter ones are too pale to be read
  },
  dark: {
    colorPrimary: '#8FA6FF', colorInfo: '#8FA6FF', colorLink: '#8FA6FF', colorSuccess: '#4FC4BA',
    colorError: '#FF8A7E', colorWarning: '#F0C060', colorTextBase: '#E8EAED', colorBgBase: '#14161A',
    colorText: '#E8EAED', colorTextSecondary: '#A9AFB9', colorTextTertiary: '#A9AFB9',
    colorTextDescription: '#A9AFB9', colorTextPlaceholder: '#949AA4',
    colorBgLayout: '#14161A', colorBgContainer: '#1B1E23', colorBgElevated: '#23272E', colorBorder: '#4A5059',
    colorBorderSecondary: '#343941', colorSplit: '#343941',
  },
} as const

const ON_PRIMARY = { light: '#FFFFFF', dark: '#14161A' } as const

export function themeOf(look: Look, face: string): ThemeConfig {
  const onPrimary = ON_PRIMARY[look]
  return {
    algorithm: look === 'dark' ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: {
      ...COLOURS[look],
      colorTextLightSolid: onPrimary,
      fontFamily: face,
      fontSize: 14,
      borderRadius: 6,
      controlHeight: 36,
      controlHeightSM: 28,
      controlHeightLG: 44,
      wireframe: false,
      // Cut short by a style sheet instead, lists would open outside of the screen.
      motion: !matchMedia('(prefers-reduced-motion: reduce)').matches,
      motionDurationMid: '0.15s',
    },
    components: {
      Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none', primaryColor: onPrimary, fontWeight: 500 },
      Table: { headerBg: 'transparent', headerSplitColor: 'transparent', fontSize: 13, cellPaddingBlock: 12, headerColor: COLOURS[look].colorTextSecondary },
      Tabs: { titleFontSize: 14, horizontalMargin: '0 0 24px 0' },
      Tooltip: { colorTextLightSolid: '#FFFFFF' },
      Form: { itemMarginBottom: 20, verticalLabelPadding: '0 0 4px' },
    },
  }
}
