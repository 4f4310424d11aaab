"""Any answer as any chart that fits it: one file per kind in ``kinds``."""
